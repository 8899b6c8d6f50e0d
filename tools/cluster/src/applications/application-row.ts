import { isPaused, type Application } from './application.ts'
import type { Proof } from './prove.ts'
import { prove } from './prove.ts'

/** One line of the table that `up` and `status` show. */
export interface ApplicationRow {
  application: string
  environment: string
  sync: string
  health: string
  /** A person turned automatic sync off: nothing that is pushed arrives, and nothing is mended. */
  paused?: true
  /** What is wrong: the API server's words of one that is Frozen, what differs in one that is OutOfSync. */
  message?: string
  proof: Proof
}

/** The row of an Application; `played` as for `prove`. */
export function describeApplication(application: Application, played: ReadonlySet<string>): ApplicationRow {
  const { metadata, status } = application
  return {
    application: metadata.name,
    environment: metadata.labels?.['opencore.dev/environment'] ?? '',
    sync: status?.sync?.status ?? 'Unknown',
    health: status?.health?.status ?? 'Unknown',
    ...(isPaused(application) && { paused: true }),
    proof: prove(status?.resources ?? [], played),
  }
}
