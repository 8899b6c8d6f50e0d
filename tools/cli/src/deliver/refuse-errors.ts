import type { Finding } from '@opencore/contract/findings'
import { quoteFinding } from '../output/quote.ts'
import { exitCode, Refusal } from '../output/refusal.ts'
import type { Report } from '../output/run-steps.ts'

/** Refuses what is wrong, with all that is said; of what is only warned of, such as a waiver, it tells and goes on. */
export function refuseErrors(findings: readonly Finding[], report: Report): void {
  if (findings.some(({ severity }) => severity === 'error')) throw new Refusal(findings, exitCode.findings)
  for (const finding of findings) report(quoteFinding(finding))
}
