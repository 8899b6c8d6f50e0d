import { FindingsError, type Finding } from '@opencore/contract/findings'

/** Exit codes of the command line (DESIGN: 0 done, 1 findings or stale, 2 bad input, 3 busy, 70 our own fault). */
export const exitCode = { done: 0, findings: 1, badInput: 2, busy: 3, ourFault: 70 } as const

export type ExitCode = (typeof exitCode)[keyof typeof exitCode]

/** Ends a command with findings. Not a fault of the program: it is printed without a stack trace. */
export class Refusal extends FindingsError {
  readonly exitCode: ExitCode

  constructor(findings: readonly Finding[], code: ExitCode = exitCode.badInput) {
    super(findings)
    this.exitCode = code
  }
}
