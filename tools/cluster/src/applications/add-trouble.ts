import type { Application } from './application.ts'
import type { ApplicationRow } from './application-row.ts'
import { describeRefused } from './describe-trouble.ts'
import { adviseVerify } from './advise-verify.ts'
import type { Troubles } from './troubles.ts'

/** Whether somebody should be asked what an Application waits for. */
export const isWaiting = ({ status }: Application): boolean => status?.health?.status !== 'Healthy'

/** The row of an Application with what keeps it from becoming healthy, where it says nothing else yet. */
export function addTrouble(
  row: ApplicationRow,
  application: Application,
  troubles?: Troubles,
): ApplicationRow {
  if (row.message !== undefined) return row
  const blocked = [...describeRefused(application), ...(troubles?.blocked ?? [])]
  const [first] = [...blocked, ...(troubles?.waits ?? [])]
  if (first === undefined) return row
  const advice = blocked.length > 0 ? adviseVerify(application) : undefined
  return { ...row, message: advice === undefined ? first : `${first}; ${advice}` }
}
