import type { Finding } from '@opencore/contract'
import { exitCode, Refusal, type ExitCode } from '../output/refusal.ts'

/** Checks of which each may refuse. Whoever mends what one says is not told of the next only then. */
export interface Refusals {
  /** What a check comes to; nothing where it refuses. */
  attempt: <T>(check: () => Promise<T>) => Promise<T | undefined>
  add: (findings: readonly Finding[], code?: ExitCode) => void
  isEmpty: () => boolean
  /** All that was said until now; bad input, where one of them is. */
  all: () => Refusal
}

export function collectRefusals(): Refusals {
  const findings: Finding[] = []
  let code: ExitCode = exitCode.findings
  const add = (more: readonly Finding[], ends: ExitCode = exitCode.badInput) => {
    findings.push(...more)
    if (more.length > 0 && ends > code) code = ends
  }
  return {
    attempt: async (check) => {
      try {
        return await check()
      } catch (error) {
        if (!(error instanceof Refusal)) throw error
        add(error.findings, error.exitCode)
        return undefined
      }
    },
    add,
    isEmpty: () => findings.length === 0,
    all: () => new Refusal(findings, code),
  }
}
