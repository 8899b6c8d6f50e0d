import type { Finding } from '@opencore/contract'
import { existsSync } from 'node:fs'
import { basename, dirname, extname, resolve } from 'node:path'
import { Refusal } from '../output/refusal.ts'

/** Where a report goes, with a picture of each run beside it. */
export interface ReportFiles {
  page: string
  /** Names as the page links them, in the order of the runs. */
  pictures: string[]
  folder: string
}

/**
 * The files of a report. Refuses what is no page of Markdown, or lies in no folder (REPORT_FILE): before minutes are spent.
 */
export function planReport(file: string, times: number): ReportFiles {
  const page = resolve(file)
  const folder = dirname(page)
  if (extname(page) !== '.md')
    throw new Refusal([refuse(file, 'is no page of Markdown', 'a name that ends in .md')])
  if (!existsSync(folder))
    throw new Refusal([refuse(file, `is in a folder that is not there`, 'a folder that is')])
  const name = basename(page, '.md')
  return { page, folder, pictures: Array.from({ length: times }, (_, run) => `${name}-${run + 1}.svg`) }
}

const refuse = (file: string, found: string, wanted: string): Finding => ({
  code: 'REPORT_FILE',
  severity: 'error',
  at: { file: '--report' },
  found: `${file} ${found}`,
  wanted,
  next: 'opencore drill postgres-pod-loss --report pod-loss.md',
})
