import * as z from 'zod'
import { dataKinds, type DataChart } from '../parts/index.ts'

/** What a service calls: services by name, and one part of each kind of the data layer. */
export const usesSchema = z.strictObject({
  services: z.array(z.string()).exactOptional(),
  ...dataUses(),
})

type DataUses = { [Chart in DataChart]: z.ZodExactOptional<(typeof dataKinds)[Chart]['use']> }

function dataUses(): DataUses {
  const entries = Object.entries(dataKinds).map(([chart, { use }]) => [
    chart,
    z.exactOptional(use as z.ZodType),
  ])
  return Object.fromEntries(entries) as DataUses
}
