import { matchesSelector } from '../label-selector.ts'
import { ownerOf, type End } from '../network/network-end.ts'
import type { NetworkView } from '../network/network-view.ts'
import type { ObjectView } from '../object-view.ts'
import { asText } from '../read.ts'
import { readAuthorizationPolicy, type AuthorizationPolicy } from './authorization-policy.ts'
import { isInjected } from '../proxy-injection.ts'
import { readPeerAuthentication, type PeerAuthentication } from './peer-authentication.ts'

/** The mesh of an environment: whose pods have a proxy, by what they are known, and who is let in. */
export interface MeshView {
  /** Pods of ours with a proxy, those that operators make among them. */
  members: readonly End[]
  /** By what the mesh knows the pods of an end; undefined for what is outside. */
  principalOf(end: End): string | undefined
  policies: readonly AuthorizationPolicy[]
  /** The policies that say who gets in to a pod by name of it or of its namespace; not those of the mesh as a whole. */
  policiesOf(end: End): readonly AuthorizationPolicy[]
  /** The gateways that a policy is for, wherever they are: pods of the cluster's own. */
  gatewaysOf(policy: AuthorizationPolicy): readonly End[]
  authentications: readonly PeerAuthentication[]
  /** What says that pods are still getting their proxies; nothing is closed then. */
  joining: PeerAuthentication | undefined
  /** The pods of ours that a policy is for. */
  subjectsOf(policy: Pick<AuthorizationPolicy, 'namespace' | 'subjects'>): readonly End[]
}

/** The namespace whose policies hold for the mesh as a whole (MeshConfig.rootNamespace, Istio's default). */
export const rootNamespace = 'istio-system'

/** Whether a policy is for the mesh as a whole. */
export const isOfAll = ({
  namespace,
  subjects,
}: Pick<AuthorizationPolicy | PeerAuthentication, 'namespace' | 'subjects'>) =>
  namespace === rootNamespace && subjects === undefined

/** Read the mesh out of an environment's objects and peers. */
export function viewMesh(view: ObjectView, network: NetworkView): MeshView {
  const ours = network.ends.filter((end) => ownerOf(end) !== undefined)
  const policies = view.objectsOf('AuthorizationPolicy').map(readAuthorizationPolicy)
  const authentications = view.objectsOf('PeerAuthentication').map(readPeerAuthentication)
  // What the root namespace selects it selects everywhere; what selects nothing there is the mesh as a whole.
  const isFor = ({ namespace, subjects }: Pick<AuthorizationPolicy, 'namespace' | 'subjects'>, end: End) =>
    namespace === rootNamespace
      ? subjects !== undefined && matchesSelector(end.labels, subjects)
      : namespace === end.namespace && (!subjects || matchesSelector(end.labels, subjects))
  return {
    members: ours.filter(hasProxy),
    principalOf,
    policies,
    policiesOf: (end) => policies.filter((policy) => isFor(policy, end)),
    gatewaysOf: ({ namespace, subjects }) =>
      subjects && namespace === rootNamespace
        ? network.ends.filter(
            ({ account, labels }) => account !== undefined && matchesSelector(labels, subjects),
          )
        : [],
    authentications,
    joining: authentications.find((each) => isOfAll(each) && each.joiningUntil !== undefined),
    subjectsOf: (policy) => ours.filter((end) => isFor(policy, end)),
  }
}

const hasProxy = ({ labels, namespaceLabels }: End) => isInjected(labels, namespaceLabels)

function principalOf(end: End): string | undefined {
  const own = end.operand ? end.operand.account : asText(end.pod?.spec['serviceAccountName'])
  const account = ownerOf(end) ? (hasProxy(end) ? (own ?? 'default') : undefined) : end.account
  return account === undefined ? undefined : `cluster.local/ns/${end.namespace}/sa/${account}`
}
