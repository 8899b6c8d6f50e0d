import { dataCharts } from '../define/data.ts'
import type { Service } from '../define/service.ts'
import { readUse } from '../define/use.ts'
import type { Definition } from '../assemble/read-definition.ts'
import { dataKinds } from './data/index.ts'
import type { DataFacts } from './derive-data-flows.ts'
import type { DerivedSettings } from './derive-service-values.ts'

/** What a service is told of each release of the data layer that it uses; defaults that layers may replace. */
export function deriveDataSettings(
  { value, place }: Definition<Service>,
  data: readonly DataFacts[],
): DerivedSettings[] {
  return dataCharts.flatMap((chart) => {
    const use = readUse(value.uses?.[chart])
    const used = data.find(({ definition }) => definition.value.name === use?.name)
    if (!used) return []
    const env = dataKinds[chart].settings(used.release, value.name)
    return [{ env, place: { ...place, path: ['uses', chart] } }]
  })
}
