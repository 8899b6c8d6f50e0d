import type { ApplicationRow } from '@opencore/cluster'

/** A row of the table that `up` ends with: an Application, or a release that was left out, and why. */
export type UpRow = Omit<ApplicationRow, 'proof'> & { proof: ApplicationRow['proof'] | `skipped: ${string}` }
