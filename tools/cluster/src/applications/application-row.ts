import { isPaused, type Application } from './application.ts'
import { findUnpromoted } from './find-unpromoted.ts'
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
  /** What is wrong: the API server's words of one that is Frozen, what differs in one that is OutOfSync, what brings one that is Missing. */
  message?: string
  proof: Proof
}

/** The row of an Application; `played` as for `prove`. */
export function describeApplication(application: Application, played: ReadonlySet<string>): ApplicationRow {
  const { metadata, status } = application
  const command = findUnpromoted(application)
  return {
    application: metadata.name,
    environment: metadata.labels?.['opencore.dev/environment'] ?? '',
    sync: status?.sync?.status ?? 'Unknown',
    health: command === undefined ? (status?.health?.status ?? 'Unknown') : 'Missing',
    ...(isPaused(application) && { paused: true }),
    ...(command !== undefined && { message: `nobody has promoted it yet: ${command}` }),
    proof: prove(status?.resources ?? [], played),
  }
}
