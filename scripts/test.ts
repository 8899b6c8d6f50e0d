import { cpus } from 'node:os'
import { mkdir, rm } from 'node:fs/promises'
import { chalk } from 'zx'
import type { Check, Outcome } from './checks/check.ts'
import { command } from './checks/command.ts'
import { verification } from './checks/verification.ts'
import { vitest } from './checks/vitest.ts'

// `npm test`: everything a change is judged by. All checks run, also after one has failed;
// what failed is said again at the end, and the last line is `N passed, N failed`.

const reports = 'dist/test'
const sum: Outcome = { passed: 0, failed: 0, skipped: 0, failures: [] }

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

/** These use every core. */
const checks: Check[] = [
  vitest('unit', reports),
  command('generated schemas, types and READMEs are fresh', 'node bin/opencore.mjs schema --check'),
  command('charts.lock is fresh', 'node bin/opencore.mjs package --check'),
  command('argocd/ is fresh', 'node bin/opencore.mjs generate --check'),
  verification(),
]

/** A platform mostly waits for Argo CD, and the others take what it leaves of the cores. */
const live: Check[] = [vitest('platform', reports), vitest('live', reports)]

await rm(reports, { recursive: true, force: true })
await mkdir(reports, { recursive: true })
await Promise.all(
  cpus().map(async () => {
    for (let check = quick.shift(); check !== undefined; check = quick.shift()) await count(check)
  }),
)
for (const check of checks) await count(check)
await Promise.all(live.map(count))
for (const failure of sum.failures) console.log(`\n${chalk.red('failed')} ${failure}`)
if (sum.skipped > 0) console.log(`\n${sum.skipped} skipped, each said above with what it needs`)
console.log(`${sum.passed} passed, ${sum.failed} failed`)
process.exitCode = sum.failed > 0 ? 1 : 0

async function count({ name, run }: Check): Promise<void> {
  console.error(chalk.bold(`\n== ${name}`))
  const started = Date.now()
  const { passed, failed, skipped, failures } = await run()
  sum.passed += passed
  sum.failed += failed
  sum.skipped += skipped
  sum.failures.push(...failures.map((failure) => `${name}: ${failure}`))
  const verdict = failed > 0 ? chalk.red(`${failed} failed`) : chalk.green('ok')
  console.error(`== ${name}: ${verdict}, ${passed} passed (${Math.round((Date.now() - started) / 1000)} s)`)
}
