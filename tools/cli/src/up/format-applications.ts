import type { UpRow } from './bring-up.ts'
import { formatTable } from '../output/format-table.ts'

/** The table that `up` and `status` end with. */
export function formatApplications(rows: readonly UpRow[]): string {
  return formatTable(
    ['application', 'environment', 'sync', 'health', 'proof'],
    rows.map(({ application, environment, sync, health, proof }) => [
      application,
      environment,
      sync,
      health,
      proof,
    ]),
  )
}
