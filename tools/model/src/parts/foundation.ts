import { derive, joinDerived } from './derived-values.ts'
import { deriveDns } from './derive-dns.ts'
import { isMap } from '../json.ts'
import type { PartKind } from './part.ts'

/** Namespaces with their rules: one for every service and everything of the data layer. It has no pods. */
export const foundation: PartKind = {
  doors: () => [],
  calls: () => [],
  settings: () => ({}),
  namespaces: ({ namespaces }) => (isMap(namespaces) ? Object.keys(namespaces) : []),
  values: (facts) => {
    const first = new Map(facts.parts.toReversed().map(({ namespace, place }) => [namespace, place]))
    const namespaces = [...first].sort(([a], [b]) => (a < b ? -1 : 1))
    return joinDerived([
      ...namespaces.map(([name, place]) =>
        derive(['namespaces', name], {}, { ...place, path: ['namespace'] }),
      ),
      deriveDns(facts, ['dns']),
    ])
  },
}
