import type { ChartName, Values } from '@opencore/contract'
import * as z from 'zod'
import { isMap } from '../json.ts'
import { nameSchema } from '../names.ts'
import { presenceSchema, type Presence } from './presence.ts'
import { dataKinds, type DataChart } from '../parts/index.ts'

/** The values of one release of a chart of the data layer. */
export type DataLayer<Chart extends DataChart = DataChart> = {
  [Each in Chart]: Each extends ChartName ? Values<Each> : Readonly<Record<string, unknown>>
}[Chart]

/** One database, Kafka cluster or Redis of the platform, the same in every environment. */
export type Data = {
  [Chart in DataChart]: {
    /** Name of the release, and so of what the operator makes of it. */
    name: string
    /** Who owns it: approves its changes and hears of it. */
    team: string
    chart: Chart
    /** The namespace of the services that use it: a Secret with a password stays in its namespace. */
    namespace: string
    environments?: Presence
    /** Values of this release in every environment. */
    values?: DataLayer<Chart>
  }
}[DataChart]

// Layers are checked after merging, against the charts' own schemas; here they only have to be maps.
export const dataLayerSchema = z.custom<DataLayer>(isMap)

const anyDataSchema = z.strictObject({
  name: nameSchema,
  team: nameSchema,
  chart: z.enum(Object.keys(dataKinds)),
  namespace: nameSchema,
  environments: presenceSchema.exactOptional(),
  values: dataLayerSchema.exactOptional(),
})

// That values belong to the chart is the compiler's to say, and the chart's schema's after merging.
export const dataSchema = anyDataSchema as unknown as z.ZodType<Data>
