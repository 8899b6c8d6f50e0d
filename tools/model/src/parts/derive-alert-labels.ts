import { derive, nothing, type DerivedValues } from './derived-values.ts'
import type { Part, PartKind } from './part.ts'

/** Every alert of a part says whose it is: that is how it reaches them. */
export function deriveAlertLabels({ team }: Part, { alertLabels }: PartKind): DerivedValues {
  return alertLabels ? derive([...alertLabels, 'team'], team.value, team.place) : nothing
}
