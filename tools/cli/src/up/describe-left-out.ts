import type { UpRow } from './up-row.ts'
import type { LeftOut } from './leave-out.ts'

/** The row of a release that no Application is made of, and why. */
export const describeLeftOut = ({ application, environment, reason }: LeftOut): UpRow => ({
  application,
  environment,
  sync: '-',
  health: '-',
  proof: `skipped: ${reason}`,
})
