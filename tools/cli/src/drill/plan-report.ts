import type { Finding } from '@opencore/contract'
import { accessSync, constants, lstatSync, readFileSync, statSync } from 'node:fs'
import { basename, dirname, extname, join, resolve } from 'node:path'
import { Refusal } from '../output/refusal.ts'

/** Where a report goes, with a picture of each run beside it. */
export interface ReportFiles {
  page: string
  /** Names as the page links them, in the order of the runs. */
  pictures: string[]
  folder: string
}

/** What `printReport` of @opencore/drills begins with. */
const HEADING = '# Drill '

/**
 * The files of a report. Refuses what is no page of Markdown, lies in no folder that can be written to, or would replace
 * something else than a report (REPORT_FILE): before minutes are spent.
 */
export function planReport(file: string, times: number): ReportFiles {
  const page = resolve(file)
  const folder = dirname(page)
  if (extname(page) !== '.md')
    throw new Refusal([refuse(file, 'is no page of Markdown', 'a name that ends in .md')])
  const lack = findLack(folder)
  if (lack !== undefined)
    throw new Refusal([refuse(file, `is in ${lack}`, 'a folder that is there and can be written to')])
  const name = basename(page, '.md')
  const pictures = Array.from({ length: times }, (_, run) => `${name}-${run + 1}.svg`)
  const replaced = [
    ...(isReplaceable(page, HEADING) ? [] : [page]),
    ...pictures.map((picture) => join(folder, picture)).filter((path) => !isReplaceable(path, '<svg')),
  ]
  if (replaced.length > 0)
    throw new Refusal(
      replaced.map((path) =>
        refuse(file, `would replace ${path}`, 'a name of its own, or of an older report'),
      ),
    )
  return { page, folder, pictures }
}

function findLack(folder: string): string | undefined {
  const found = statSync(folder, { throwIfNoEntry: false })
  if (found === undefined) return 'a folder that is not there'
  if (!found.isDirectory()) return 'a file'
  try {
    accessSync(folder, constants.W_OK | constants.X_OK)
    return undefined
  } catch {
    return 'a folder that cannot be written to'
  }
}

/** Nothing, or a file that an older run wrote; no link, which leads to what somebody else chose. */
function isReplaceable(path: string, beginning: string): boolean {
  const found = lstatSync(path, { throwIfNoEntry: false })
  if (found === undefined) return true
  return found.isFile() && readFileSync(path, 'utf8').startsWith(beginning)
}

const refuse = (file: string, found: string, wanted: string): Finding => ({
  code: 'REPORT_FILE',
  severity: 'error',
  at: { file: '--report' },
  found: `${file} ${found}`,
  wanted,
  next: 'opencore drill postgres-pod-loss --report pod-loss.md',
})
