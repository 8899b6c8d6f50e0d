import { groupBy } from '@opencore/contract'
import type { AddressPeer } from '../declared-flow.ts'
import { indexByLabels } from '../label-index.ts'
import { matchesSelector } from '../label-selector.ts'
import type { ObjectView } from '../object-view.ts'
import type { Operand } from '../operands.ts'
import type { Pod } from '../pods.ts'
import { listImpostors } from './impostors.ts'
import { listEnds, type End } from './network-end.ts'
import {
  peerMatchesPod,
  readNetworkPolicy,
  type Direction,
  type NetworkPolicy,
  type NetworkRule,
  type PeerSelector,
} from './network-policy.ts'

/** The network of an environment: its ends and policies, and who meets whom. */
export interface NetworkView {
  ends: readonly End[]
  addresses: readonly AddressPeer[]
  policies: readonly NetworkPolicy[]
  endsNamed(name: string): readonly End[]
  /** The pods that a policy selects: ours, and those that operators make. */
  subjectsOf(policy: NetworkPolicy): readonly End[]
  /** The strangers that it selects, too: whatever else may run in its namespace. */
  strangersOf(policy: NetworkPolicy): readonly End[]
  /** The policies that isolate a pod of ours, or one that an operator makes, in a direction. */
  policiesOf(pod: End, direction: Direction): readonly NetworkPolicy[]
  /** The ends that one peer of a policy's rule stands for. */
  matchingPeer(policy: NetworkPolicy, peer: PeerSelector): readonly End[]
  /** The ends that a rule opens something for; all of them where it names no peer. */
  matchingRule(policy: NetworkPolicy, rule: NetworkRule): readonly End[]
  /** Strangers with the labels that a rule asks for, in namespaces that it does not keep out. */
  impostorsOf(policy: NetworkPolicy, rule: NetworkRule): readonly End[]
}

/** Read the network out of an environment's objects, its peers and their labels. */
export function viewNetwork(view: ObjectView): NetworkView {
  const ends = listEnds(view)
  const policies = view.objectsOf('NetworkPolicy').map(readNetworkPolicy)
  const byName = groupBy(ends, ({ name }) => name)
  const endsMatching = indexByLabels(ends)
  const endOf = new Map<Pod | Operand | undefined, End>(ends.map((end) => [end.pod ?? end.operand, end]))
  const subjects = new Map(
    policies.map((policy) => [
      policy,
      [
        ...view.podsMatching(policy.namespace, policy.subjects),
        ...view.operandsMatching(policy.namespace, policy.subjects),
      ].flatMap((pod) => endOf.get(pod) ?? []),
    ]),
  )
  const isolations = policies.flatMap((policy) =>
    (subjects.get(policy) ?? []).map((end) => ({ policy, end })),
  )
  const byEnd = groupBy(isolations, ({ end }) => end)
  const known = ends.filter(({ namespace }) => namespace !== '')
  const namespaces = new Map(known.map(({ namespace, namespaceLabels }) => [namespace, namespaceLabels]))
  const matchingPeer = (policy: NetworkPolicy, peer: PeerSelector) =>
    'cidr' in peer ? [] : endsMatching(peer.pods).filter((end) => peerMatchesPod(policy, peer, end))
  return {
    ends,
    addresses: view.peers.filter((peer) => 'cidr' in peer),
    policies,
    endsNamed: (name) => byName.get(name) ?? [],
    subjectsOf: (policy) => subjects.get(policy) ?? [],
    strangersOf: (policy) =>
      ends.filter(
        ({ name, namespace, labels }) =>
          name === undefined && namespace === policy.namespace && matchesSelector(labels, policy.subjects),
      ),
    policiesOf: (pod, direction) =>
      (byEnd.get(pod) ?? [])
        .map(({ policy }) => policy)
        .filter(({ directions }) => directions.includes(direction)),
    matchingPeer,
    matchingRule: (policy, { peers }) =>
      peers.length === 0 ? ends : [...new Set(peers.flatMap((peer) => matchingPeer(policy, peer)))],
    impostorsOf: (policy, { peers }) =>
      peers.flatMap((peer) => listImpostors(peer, matchingPeer(policy, peer), namespaces)),
  }
}
