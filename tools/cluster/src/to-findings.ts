import { FindingsError, type Finding } from '@opencore/contract/findings'

/** Findings of whatever was thrown; anything but a FindingsError is our own fault, and says where to look. */
export function toFindings(error: unknown, logs: string): Finding[] {
  if (error instanceof FindingsError) return [...error.findings]
  return [
    {
      code: 'PLATFORM_FAILED',
      severity: 'error',
      at: { file: logs },
      found: error instanceof Error ? error.message : String(error),
      wanted: 'a running platform',
      next: 'read the logs in that folder; `opencore down` removes what was started',
    },
  ]
}
