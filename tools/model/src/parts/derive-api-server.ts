import { derive, nothing, type DerivedValues } from './derived-values.ts'
import { viewsOfApiServer } from './network-enforcer.ts'
import type { Facts } from './part.ts'

/** How a chart whose pods call the API server names it beside its addresses: as an entity, where the enforcer has one. */
export function deriveApiServer({ environment: { value, place } }: Facts): DerivedValues {
  return viewsOfApiServer(value.networkEnforcer).includes('entity')
    ? derive(['network', 'cilium'], true, { ...place, path: ['networkEnforcer'] })
    : nothing
}
