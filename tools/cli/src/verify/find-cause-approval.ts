import type { JsonObject } from '@opencore/contract'
import { valueAt } from '@opencore/model'
import { findApproval, type ApprovedChange, type ChangedValue } from '@opencore/plan'

/**
 * The approval of the change of a value, or of a value around it.
 * @param release `dev/accounts`
 * @param values before and after, with the chart's defaults
 */
export function findCauseApproval(
  approved: readonly ApprovedChange[],
  release: string,
  values: readonly [before: JsonObject, after: JsonObject],
  { path }: ChangedValue,
): ApprovedChange | undefined {
  for (let length = path.length; length > 0; length--) {
    const around = path.slice(0, length)
    const [before, after] = values.map((whole) => valueAt(whole, ...around))
    const found = findApproval(approved, release, { path: around, before, after })
    if (found) return found
  }
  return undefined
}
