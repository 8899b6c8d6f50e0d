import type { Application } from './application.ts'
import type { Proof } from './prove.ts'
import { prove } from './prove.ts'

/** One line of the table that `up` and `status` show. */
export interface ApplicationRow {
  application: string
  environment: string
  sync: string
  health: string
  proof: Proof
}

/** The row of an Application; `played` as for `prove`. */
export function describeApplication(application: Application, played: ReadonlySet<string>): ApplicationRow {
  const { metadata, spec, status } = application
  return {
    application: metadata.name,
    environment: spec.destination.name ?? 'hub',
    sync: status?.sync?.status ?? 'Unknown',
    health: status?.health?.status ?? 'Unknown',
    proof: prove(status?.resources ?? [], played),
  }
}
