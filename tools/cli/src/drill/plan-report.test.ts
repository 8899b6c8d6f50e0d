import { formatFinding } from '@opencore/contract/findings'
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

it.each([
  ['partition.txt', 'partition.txt is no page of Markdown', 'a name that ends in .md'],
  ['/nowhere/a.md', '/nowhere/a.md is in a folder that is not there', 'a folder that is'],
])('%s is refused before anything is started', (file, found, wanted) => {
  const said = () => {
    try {
      planReport(file, 1)
    } catch (error) {
      return error instanceof Refusal ? error.findings.map(formatFinding).join('\n') : error
    }
    return undefined
  }
  expect(said()).toBe(
    `--report: ${found}  [REPORT_FILE]\n  want  ${wanted}\n  next  opencore drill postgres-pod-loss --report pod-loss.md`,
  )
})

it('a machine without root is told so', () => {
  expect(formatFinding(describeLack('needs root (user 1000)'))).toBe(
    'opencore drill: this machine can have no real nodes: needs root (user 1000)  [NODES]\n  want  root on Debian 12, with control groups of version 1\n  next  run it there; docs/drills.md has what each drill found',
  )
})
