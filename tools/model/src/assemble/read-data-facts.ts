import { mergeValues } from '@opencore/contract'
import type { Service } from '../define/service.ts'
import type { DataFacts } from '../graph/derive-data-flows.ts'
import { deriveGrants } from '../graph/derive-grants.ts'
import type { JsonObject } from '../json.ts'
import { effectiveValues } from '../merge/written-values.ts'
import { textAt } from '../read-value.ts'
import type { ReleaseSeed } from './list-releases.ts'
import { mergeRelease } from './merge-release.ts'
import type { Definition } from './read-definition.ts'

/**
 * What clients and operators call a release of the data layer, whose objects have its name unless `fullnameOverride`
 * says otherwise, with the users that services bring; nothing for other releases.
 */
export function readDataFacts(
  seed: ReleaseSeed,
  values: JsonObject,
  services: readonly Definition<Service>[],
): DataFacts[] {
  if (!seed.data) return []
  const { name, namespace, chart } = seed
  const release = { name, objects: textAt(values, 'fullnameOverride') ?? name, namespace, values }
  const grants = deriveGrants(seed.data, release, services)
  // Below what layers set, as all that is derived.
  const written = effectiveValues(mergeRelease(seed), {})
  const whole = [grants.values, written].reduce<JsonObject>(
    (below, above) => mergeValues(below, above) as JsonObject,
    chart.contract.defaults as JsonObject,
  )
  return [{ definition: seed.data, release: { ...release, values: whole }, grants }]
}
