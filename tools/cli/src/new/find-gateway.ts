import type { ChartValues, Finding } from '@opencore/contract'
import { valueAt } from '@opencore/model'
import { refuseFlag } from './check-flags.ts'
import type { Sources } from './draft.ts'

type ParentRefs = NonNullable<NonNullable<ChartValues['service']['httpRoute']>['parentRefs']>

/**
 * The Gateway that carries the routes of services: nothing but their values names it. EDGE_GATEWAY where no service
 * does, or not all name the same.
 */
export function findGateway({ modules }: Pick<Sources, 'modules'>): {
  parentRefs: ParentRefs
  findings: Finding[]
} {
  const named = Object.entries(modules)
    .filter(([file]) => file.startsWith('environments/services/'))
    .flatMap(([, exported]) => Object.values(exported))
    .map((definition) => valueAt(definition, 'values', 'httpRoute', 'parentRefs'))
    .filter((refs): refs is ParentRefs => Array.isArray(refs))
  const [parentRefs, ...others] = new Map(named.map((refs) => [JSON.stringify(refs), refs])).values()
  if (parentRefs && others.length === 0) return { parentRefs, findings: [] }
  const names = [...new Set(named.flat().map(({ name }) => name))]
  return {
    parentRefs: [],
    findings: [
      refuseFlag('EDGE_GATEWAY', '--edge', {
        found: parentRefs
          ? `routes of services are on different Gateways, or on different listeners: ${names.join(', ')}`
          : 'no service says which Gateway carries its route',
        wanted: 'one that all services with an edge name in `httpRoute.parentRefs`',
        next: 'leave --edge out, then write `exposes.edge` and `values.httpRoute.parentRefs` into the definition',
      }),
    ],
  }
}
