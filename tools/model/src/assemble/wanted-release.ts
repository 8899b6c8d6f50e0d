import type { Data } from '../define/data.ts'
import type { Service } from '../define/service.ts'
import type { Definition } from '../definition.ts'

/** What an environment is to have: a service, something of the data layer, or a component, which has no definition. */
export interface WantedRelease {
  name: string
  /** Name of the team that owns it. */
  team: string
  namespace: string
  /** Name of the chart. */
  chart: string
  definition?: Definition<Service> | Definition<Data>
  /** What its own layer is called. */
  layer: 'service' | 'data'
}
