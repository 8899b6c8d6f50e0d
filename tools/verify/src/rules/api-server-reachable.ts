import type { Finding } from '@opencore/contract/findings'
import type { ClusterView } from '../cluster-view.ts'
import { matchesSelector, readSelector, selectLabels } from '../label-selector.ts'
import type { AddressPeer, DeclaredFlow } from '../declared-flow.ts'
import { allowedPorts, isolates } from '../network/evaluate-policies.ts'
import { portsAtAddress, portsOfFlow } from '../network/flow-index.ts'
import type { End } from '../network/network-end.ts'
import { isEmpty, subtractPorts } from '../network/port-set.ts'
import { asList, read } from '../read.ts'
import { complain, describeObject } from '../rendered-object.ts'
import type { Rule } from '../rule.ts'

/** What the model calls the API server. */
const API_SERVER = 'kubernetes-api'

export const apiServerReachable: Rule = {
  id: 'API_SERVER_CLOSED',
  reason:
    'An opening to the API server that the enforcer of network policies does not match is closed: nothing that an operator runs would start.',
  check: (cluster) => {
    const flows = cluster.flows.filter(({ to }) => to === API_SERVER)
    const findings = flows.flatMap((flow) => checkFlow(flow, cluster))
    // A policy is for several kinds of pods.
    return [...new Map(findings.map((finding) => [finding.found, finding])).values()]
  },
}

function checkFlow(flow: DeclaredFlow, cluster: ClusterView): Finding[] {
  const { network, apiServerSeenAs } = cluster
  const callers = network.endsNamed(flow.from).filter((end) => calls(end, flow))
  return callers.flatMap((end) => {
    const policy = network.policies.find((each) => isolates(each, 'Egress', end))
    if (!policy) return []
    return apiServerSeenAs.flatMap((view): Finding[] => {
      const closed =
        view === 'entity' ? describeEntity(end, cluster) : describeClosed(end, flow, view, cluster)
      if (closed === undefined) return []
      return [
        complain(policy.rendered, {
          code: apiServerReachable.id,
          found: `${describeObject(policy.rendered.object)} closes the API server to the pods that it selects: ${closed}`,
          wanted: 'the API server open as the enforcer of this environment sees it',
          next: 'compare `networkEnforcer` and `addresses.kubernetes-api` of the environment with what the chart renders of them',
        }),
      ]
    })
  })
}

const calls = ({ labels }: End, { callers }: DeclaredFlow) =>
  callers === undefined || callers.some((wanted) => matchesSelector(labels, selectLabels(wanted)))

/** The addresses of one kind that are not open; undefined where all are. */
function describeClosed(
  end: End,
  flow: DeclaredFlow,
  view: AddressPeer['of'],
  { network }: ClusterView,
): string | undefined {
  const policies = network.policies.filter((policy) => isolates(policy, 'Egress', end))
  const seen = network.addresses.filter(({ name, of }) => name === flow.to && of === view)
  const closed = seen.filter((address) => {
    const wanted = portsAtAddress(address, portsOfFlow(flow, network))
    return !isEmpty(subtractPorts(wanted, allowedPorts('Egress', end, address, policies)))
  })
  if (seen.length > 0 && closed.length === 0) return undefined
  const where = view === 'service' ? 'of its Service' : 'behind its Service'
  return `no rule opens the address ${where}${closed.map(({ cidr }) => ` ${cidr}`).join(',')}`
}

/** Cilium's name for the API server in a policy for these pods; undefined where there is one. */
function describeEntity(end: End, cluster: ClusterView): string | undefined {
  const isOpen = cluster.objectsOf('CiliumNetworkPolicy').some(({ object }) => {
    const isForPods =
      object.metadata.namespace === end.namespace &&
      matchesSelector(end.labels, readSelector(read(object, 'spec', 'endpointSelector')))
    const entities = asList(read(object, 'spec', 'egress')).flatMap((rule) =>
      asList(read(rule, 'toEntities')),
    )
    return isForPods && entities.some((entity) => entity === 'kube-apiserver' || entity === 'all')
  })
  return isOpen ? undefined : 'no CiliumNetworkPolicy opens the entity kube-apiserver'
}
