import type { Definition } from '../definition.ts'
import { derive, nothing, type DerivedValues } from '../parts/derived-values.ts'
import { API_SERVER, viewsOfApiServer, type NetworkEnforcer } from '../parts/network-enforcer.ts'
import type { Call } from '../parts/part.ts'

/**
 * How the chart of a part that calls the API server names it beside its addresses: as an entity, where the environment's
 * enforcer of network policies has one.
 */
export function deriveApiServer(
  calls: readonly Call[],
  { value, place }: Definition<{ networkEnforcer?: NetworkEnforcer }>,
): DerivedValues {
  const isEntity = viewsOfApiServer(value.networkEnforcer).includes('entity')
  return isEntity && calls.some(({ to }) => to === API_SERVER)
    ? derive(['network', 'cilium'], true, { ...place, path: ['networkEnforcer'] })
    : nothing
}
