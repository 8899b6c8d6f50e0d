import { cacheFolder } from '@opencore/toolchain'
import { join } from 'node:path'

/** Where the judge keeps its servers' data, their logs and its verdicts. */
export function judgeFolder(): string {
  return join(cacheFolder(), 'judge')
}
