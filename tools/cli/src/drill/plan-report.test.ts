import { formatFinding } from '@opencore/contract/findings'
import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { Refusal } from '../output/refusal.ts'
import { describeLack } from './describe-lack.ts'
import { planReport } from './plan-report.ts'

it('a report is a page, and a picture of each run beside it', () => {
  expect(planReport('/tmp/partition.md', 2)).toEqual({
    page: '/tmp/partition.md',
    folder: '/tmp',
    pictures: ['partition-1.svg', 'partition-2.svg'],
  })
})

function refusal(file: string, times = 1): unknown {
  try {
    planReport(file, times)
  } catch (error) {
    return error instanceof Refusal ? error.findings.map(formatFinding).join('\n') : error
  }
  return undefined
}

const refused = (found: string, wanted: string) =>
  `--report: ${found}  [REPORT_FILE]\n  want  ${wanted}\n  next  opencore drill postgres-pod-loss --report pod-loss.md`
const writable = 'a folder that is there and can be written to'
const own = 'a name of its own, or of an older report'

it.each([
  ['partition.txt', 'partition.txt is no page of Markdown', 'a name that ends in .md'],
  ['/nowhere/a.md', '/nowhere/a.md is in a folder that is not there', writable],
  ['/etc/passwd/a.md', '/etc/passwd/a.md is in a file', writable],
])('%s is refused before anything is started', (file, found, wanted) => {
  expect(refusal(file)).toBe(refused(found, wanted))
})

it.runIf(process.platform === 'linux')('a folder that nobody can write to is refused', () => {
  const file = '/proc/sys/a.md'
  expect(refusal(file)).toBe(refused(`${file} is in a folder that cannot be written to`, writable))
})

it('replaces an older report, and nothing else', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'opencore-report-'))
  const at = (name: string) => join(folder, name)
  try {
    await writeFile(at('old.md'), '# Drill zone-loss\n')
    await writeFile(at('old-1.svg'), '<svg xmlns="http://www.w3.org/2000/svg">')
    expect(refusal(at('old.md'))).toBeUndefined()
    await writeFile(at('README.md'), '# Readme\n')
    await symlink(at('old.md'), at('link.md'))
    await mkdir(at('folder.md'))
    for (const name of ['README.md', 'link.md', 'folder.md'])
      expect(refusal(at(name))).toBe(refused(`${at(name)} would replace ${at(name)}`, own))
    await symlink(at('old-1.svg'), at('old-2.svg'))
    expect(refusal(at('old.md'), 2)).toBe(refused(`${at('old.md')} would replace ${at('old-2.svg')}`, own))
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
})

it('a machine without root is told so', () => {
  expect(formatFinding(describeLack('needs root (user 1000)'))).toBe(
    'opencore drill: this machine can have no real nodes: needs root (user 1000)  [NODES]\n  want  root on Debian 12, with control groups of version 1\n  next  run it there; docs/drills.md has what each drill found',
  )
})
