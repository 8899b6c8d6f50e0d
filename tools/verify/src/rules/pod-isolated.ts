import { type Finding, groupBy } from '@opencore/contract'
import { isolates } from '../network/evaluate-policies.ts'
import { ownerOf, type End } from '../network/network-end.ts'
import type { Direction } from '../network/network-policy.ts'
import type { NetworkView } from '../network/network-view.ts'
import { complain, describeObject, type RenderedObject } from '../rendered-object.ts'
import type { Rule } from '../rule.ts'

export const podIsolated: Rule = {
  id: 'POD_NOT_ISOLATED',
  reason: 'A pod that no NetworkPolicy selects may talk to everybody, whatever the other rules say.',
  check: ({ network }) =>
    [...groupBy(network.ends, ({ namespace }) => namespace)].flatMap(([namespace, ends]) =>
      (['Ingress', 'Egress'] as const).flatMap((direction) =>
        checkNamespace(namespace, ends, direction, network),
      ),
    ),
}

/** Pods of ours that are open, or else that others would be: what comes to the namespace next, and nobody declared. */
function checkNamespace(
  namespace: string,
  ends: readonly End[],
  direction: Direction,
  network: NetworkView,
): Finding[] {
  const ours = ends.flatMap((end) => {
    const owner = ownerOf(end)
    return owner ? [{ end, owner }] : []
  })
  const open = ours.filter(({ end }) => network.policiesOf(end, direction).length === 0)
  // Several kinds of pods are made of one resource.
  const owners = [...new Set(open.map(({ owner }) => owner))]
  if (owners.length > 0)
    return owners.map((owner) => describeOpen(owner, describeObject(owner.object), namespace, direction))
  const [first] = ours
  if (!first) return []
  const stranger: End = { ...first.end, labels: {} }
  if (network.policies.some((policy) => isolates(policy, direction, stranger))) return []
  return [describeOpen(first.owner, `a pod without labels in namespace ${namespace}`, namespace, direction)]
}

function describeOpen(owner: RenderedObject, who: string, namespace: string, direction: Direction): Finding {
  return complain(owner, {
    code: podIsolated.id,
    found: `${who} has no NetworkPolicy for ${direction.toLowerCase()}: everything is allowed`,
    wanted: `a policy that selects its pods, as foundation's default deny for namespace ${namespace}`,
    next: `add ${namespace} to the namespaces of foundation`,
  })
}
