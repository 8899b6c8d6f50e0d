import { derive, joinDerived, nothing, type DerivedValues } from './derived-values.ts'
import { deriveDns } from './derive-dns.ts'
import { isMap } from '../json.ts'
import type { Facts, PartKind } from './part.ts'

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
 * listener before it makes a pod.
 */
function deriveQuota(namespace: string, { published }: Facts): DerivedValues {
  const here = published.filter(({ part }) => part.namespace === namespace)
  const sum = (count: 'loadBalancers' | 'nodePorts') => here.reduce((total, each) => total + each[count], 0)
  const [first] = here
  if (!first || sum('loadBalancers') + sum('nodePorts') === 0) return nothing
  const hard = {
    'services.loadbalancers': String(sum('loadBalancers')),
    'services.nodeports': String(sum('nodePorts')),
  }
  return derive(['namespaces', namespace, 'quota', 'hard'], hard, first.part.place)
}
