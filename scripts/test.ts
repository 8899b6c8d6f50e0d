import { cpus } from 'node:os'
import { mkdir, readFile, rm } from 'node:fs/promises'
import { $, chalk } from 'zx'

// `npm test`: everything a change is judged by. All checks run, also after one has failed;
// the last line is `N passed, N failed`.

interface Outcome {
  passed: number
  failed: number
  skipped: number
}

interface Check {
  name: string
  run: () => Promise<Outcome>
}

const reports = 'dist/test'
const sum = { passed: 0, failed: 0, skipped: 0 }

/** These use one core each and share nothing, so they run side by side; what takes longest comes first. */
const quick: Check[] = [
  command('lint', 'npx eslint . --max-warnings 0'),
  command('types', 'npx tsc --project .'),
  command('format', 'npx prettier --check --log-level warn .'),
  command('unused code and dependencies', 'npx knip'),
  command('spelling', 'npx cspell --no-progress --gitignore .'),
  command('renderer: go vet', 'go -C tools/renderer vet ./...'),
  command('renderer: go test', 'go -C tools/renderer test ./...'),
]

/** These use every core, or the judge and the platform. */
const checks: Check[] = [
  vitest('unit'),
  command('generated schemas, types and READMEs are fresh', 'node bin/opencore.mjs schema --check'),
  command('charts.lock is fresh', 'node bin/opencore.mjs package --check'),
  command('argocd/ is fresh', 'node bin/opencore.mjs generate --check'),
  verification(),
  vitest('live'),
  vitest('platform'),
]

await rm(reports, { recursive: true, force: true })
await mkdir(reports, { recursive: true })
await Promise.all(
  cpus().map(async () => {
    for (let check = quick.shift(); check !== undefined; check = quick.shift()) await count(check)
  }),
)
for (const check of checks) await count(check)
if (sum.skipped > 0) console.log(`${sum.skipped} skipped, each said above with what it needs`)
console.log(`${sum.passed} passed, ${sum.failed} failed`)
process.exitCode = sum.failed > 0 ? 1 : 0

async function count({ name, run }: Check): Promise<void> {
  console.error(chalk.bold(`\n== ${name}`))
  const started = Date.now()
  const outcome = await run()
  sum.passed += outcome.passed
  sum.failed += outcome.failed
  sum.skipped += outcome.skipped
  const verdict = outcome.failed > 0 ? chalk.red(`${outcome.failed} failed`) : chalk.green('ok')
  console.error(
    `== ${name}: ${verdict}, ${outcome.passed} passed (${Math.round((Date.now() - started) / 1000)} s)`,
  )
}

/** A command that counts as one check; what it says comes when it has ended, since others may run beside it. */
function command(name: string, line: string): Check {
  return {
    name,
    run: async () => {
      const { exitCode, stdout, stderr } = await $({
        stdio: ['ignore', 'pipe', 'pipe'],
        nothrow: true,
        quiet: true,
      })`${line.split(' ')}`
      process.stderr.write(stdout + stderr)
      return exitCode === 0 ? { passed: 1, failed: 0, skipped: 0 } : { passed: 0, failed: 1, skipped: 0 }
    },
  }
}

/** One vitest project; its own report says how many tests there were. */
function vitest(project: string): Check {
  const report = `${reports}/${project}.json`
  return {
    name: `${project} tests`,
    run: async () => {
      const workers = project === 'platform' ? 1 : cpus().length
      const { exitCode } =
        await inherit`npx vitest run --project ${project} --maxWorkers ${workers} --reporter default --reporter json --outputFile.json ${report}`
      const { numPassedTests, numFailedTests, numPendingTests, numFailedTestSuites } =
        await readJson<VitestReport>(report)
      // A suite that fails before its first test has no failed test to count.
      const failed = numFailedTests > 0 || exitCode === 0 ? numFailedTests : Math.max(1, numFailedTestSuites)
      return { passed: numPassedTests, failed, skipped: numPendingTests }
    },
  }
}

interface VitestReport {
  numPassedTests: number
  numFailedTests: number
  numPendingTests: number
  numFailedTestSuites: number
}

/** The verification ladder over the whole platform; helm-unittest and helm lint count their cases. */
function verification(): Check {
  return {
    name: 'verify',
    run: async () => {
      const { stdout, exitCode } = await $({
        stdio: ['ignore', 'pipe', 'inherit'],
        nothrow: true,
        quiet: true,
      })`node bin/opencore.mjs verify -o json`
      if (stdout === '') return { passed: 0, failed: 1, skipped: 0 }
      const { counts, findings } = JSON.parse(stdout) as Verification
      const { releases, tests, cases } = counts
      const refused = findings.filter(({ severity }) => severity === 'error').length
      const failed = Math.max(tests.failed + cases.failed, refused, exitCode === 0 ? 0 : 1)
      return { passed: releases + tests.passed + cases.passed, failed, skipped: 0 }
    },
  }
}

/** What `opencore verify -o json` prints. Each release that was rendered and judged counts as one. */
interface Verification {
  counts: { releases: number; tests: Counts; cases: Counts }
  findings: { severity: string }[]
}

type Counts = Pick<Outcome, 'passed' | 'failed'>

function inherit(pieces: TemplateStringsArray, ...args: (string | number | string[])[]) {
  return $({ stdio: ['ignore', 2, 2], nothrow: true })(pieces, ...args)
}

async function readJson<T>(path: string): Promise<T> {
  return JSON.parse(await readFile(path, 'utf8')) as T
}
