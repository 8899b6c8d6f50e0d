import type { DrillReport } from '../report/drill-report.ts'

const BEGAN = Date.parse('2026-11-30T12:00:00Z')

/** A run in which the primary moved after eight seconds, and every row is there. */
export function exampleReport(changes: Partial<DrillReport> = {}): DrillReport {
  const [older, newer] = ['198.18.1.4', '198.18.2.4']
  return {
    drill: 'postgres-pod-loss',
    began: BEGAN,
    marks: [
      { at: BEGAN + 500, what: 'ledger-db-1 deleted' },
      { at: BEGAN + 20_000, what: 'all well' },
    ],
    primary: { before: 'ledger-db-1', after: 'ledger-db-2' },
    rto: 8000,
    recovered: 20_000,
    acknowledged: [
      { row: 'writer|1', server: older, at: BEGAN - 1000 },
      { row: 'writer|2', server: older, at: BEGAN },
      { row: 'writer|4', server: newer, at: BEGAN + 8000 },
    ],
    answers: [
      { server: older, at: BEGAN },
      { server: newer, at: BEGAN + 8000 },
    ],
    found: 3,
    lost: [],
    unacknowledged: 1,
    overlaps: [],
    restored: undefined,
    ...changes,
  }
}
