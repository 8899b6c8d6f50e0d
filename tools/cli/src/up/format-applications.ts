import type { UpRow } from './up-row.ts'
import { formatTable } from '../output/format-table.ts'

/** The table that `up` and `status` end with; with messages where there are any, each on the line of its Application. */
export function formatApplications(rows: readonly UpRow[]): string {
  const hasMessages = rows.some(({ message }) => message !== undefined)
  return formatTable(
    ['application', 'environment', 'sync', 'health', 'proof', ...(hasMessages ? ['message'] : [])],
    rows.map(({ application, environment, sync, paused, health, proof, message = '' }) => [
      application,
      environment,
      paused ? `${sync}, paused` : sync,
      health,
      proof,
      ...(hasMessages ? [message.replaceAll(/\s*\n\s*/g, ' ')] : []),
    ]),
  )
}
