import { derive, joinDerived, nothing, type DerivedValues } from './derived-values.ts'
import { deriveDns } from './derive-dns.ts'
import { isMap } from '../json.ts'
import type { Facts, PartKind } from './part.ts'
import { sumPublished } from './published.ts'

/** Namespaces with their rules: one for every service and everything of the data layer. It has no pods. */
export const foundation: PartKind = {
  doors: () => [],
  calls: () => [],
  settings: () => ({ env: {} }),
  namespaces: ({ namespaces }) => (isMap(namespaces) ? Object.keys(namespaces) : []),
  values: (facts) => {
    // Whatever has no namespace of its own making needs one; what foundation itself has is in those, or in none.
    const others = facts.housed.filter(({ name }) => name !== facts.part.name)
    const first = new Map(others.toReversed().map(({ namespace, place }) => [namespace, place]))
    const namespaces = [...first].sort(([a], [b]) => (a < b ? -1 : 1))
    return joinDerived([
      ...namespaces.map(([name, place]) =>
        derive(['namespaces', name], {}, { ...place, path: ['namespace'] }),
      ),
      ...namespaces.map(([name]) => deriveQuota(name, facts)),
      deriveDns(facts, ['dns']),
    ])
  },
}

/**
 * Room for what is published out of a namespace, which its quota closes otherwise: Strimzi makes the Services of a
 * listener before it makes a pod, and a Service that does not fit is refused.
 */
function deriveQuota(namespace: string, { published }: Facts): DerivedValues {
  const here = published.filter(({ part }) => part.namespace === namespace)
  const [first] = here
  if (!first) return nothing
  const { loadBalancers, nodePorts } = sumPublished(here)
  const hard = {
    'services.loadbalancers': String(loadBalancers),
    'services.nodeports': String(nodePorts),
  }
  return derive(['namespaces', namespace, 'quota', 'hard'], hard, first.part.place)
}
