import { $ } from 'zx'
import { countAsOne, type Check, type Counts } from './check.ts'

/** The verification ladder over the whole platform; helm-unittest and helm lint count their cases. */
export function verification(): Check {
  return {
    name: 'verify',
    run: async () => {
      const { stdout, exitCode } = await $({
        stdio: ['ignore', 'pipe', 'inherit'],
        nothrow: true,
        quiet: true,
      })`node bin/opencore.mjs verify -o json`
      if (stdout === '') return countAsOne(false, 'it said nothing; what went wrong is above')
      const { counts, findings } = JSON.parse(stdout) as Verification
      const { releases, tests, cases } = counts
      const refused = findings.filter(({ severity }) => severity === 'error')
      const failed = Math.max(tests.failed + cases.failed, refused.length, exitCode === 0 ? 0 : 1)
      const failures = refused.map((finding) => JSON.stringify(finding))
      return { passed: releases + tests.passed + cases.passed, failed, skipped: 0, failures }
    },
  }
}

/** What `opencore verify -o json` prints. Each release that was rendered and judged counts as one. */
interface Verification {
  counts: { releases: number; tests: Counts; cases: Counts }
  findings: { severity: string }[]
}
