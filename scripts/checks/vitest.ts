import { cpus } from 'node:os'
import { readFile } from 'node:fs/promises'
import { relative } from 'node:path'
import { $ } from 'zx'
import type { Check } from './check.ts'

/** One vitest project; its own report, written into the folder `reports`, says how many tests there were. */
export function vitest(project: string, reports: string): Check {
  const report = `${reports}/${project}.json`
  return {
    name: `${project} tests`,
    run: async () => {
      const workers = project === 'platform' ? 1 : cpus().length
      const { exitCode } = await $({
        stdio: ['ignore', 2, 2],
        nothrow: true,
      })`npx vitest run --project ${project} --maxWorkers ${workers} --reporter default --reporter json --outputFile.json ${report}`
      const { numPassedTests, numFailedTests, numPendingTests, testResults } = JSON.parse(
        await readFile(report, 'utf8'),
      ) as VitestReport
      const failures = testResults.flatMap(listFailures)
      // A suite that fails before its first test has no failed test to count.
      const failed = numFailedTests > 0 || exitCode === 0 ? numFailedTests : Math.max(1, failures.length)
      return { passed: numPassedTests, failed, skipped: numPendingTests, failures }
    },
  }
}

interface VitestReport {
  numPassedTests: number
  numFailedTests: number
  numPendingTests: number
  testResults: VitestFile[]
}

interface VitestFile {
  name: string
  status: string
  message: string
  assertionResults: { status: string; fullName: string; failureMessages: string[] }[]
}

/** Each failed test of a file with the beginning of its message, or the file's own where none ran. */
function listFailures({ name, status, message, assertionResults }: VitestFile): string[] {
  const file = relative('.', name)
  const failed = assertionResults.filter((test) => test.status === 'failed')
  if (failed.length === 0) return status === 'failed' ? [`${file}\n${firstLines(message)}`] : []
  return failed.map(
    ({ fullName, failureMessages }) => `${file} > ${fullName}\n${firstLines(failureMessages.join('\n'))}`,
  )
}

/** Our own lines of a stack say where; those of libraries fill the page. */
function firstLines(text: string): string {
  const said = text.split('\n').filter((line) => !line.includes('node_modules/'))
  return said.slice(0, 30).join('\n')
}
