import type { Finding } from '@opencore/contract'
import { readFile } from 'node:fs/promises'
import type { KeptState } from '../processes/keep-process.ts'
import type { ProcessIdentity } from '../processes/process-identity.ts'

/** What a supervisor writes about itself whenever something changes. */
export interface SupervisorState {
  supervisor: ProcessIdentity
  phase: 'starting' | 'running' | 'failed' | 'stopping'
  /** What is done so far, as lines for a person; a line is only ever added. */
  progress: string[]
  processes: KeptState[]
  /** Environments that are up. */
  environments: string[]
  /** Why it failed. */
  findings: Finding[]
}

/** The last state written, or nothing when none was. */
export async function readSupervisorState(file: string): Promise<SupervisorState | undefined> {
  const text = await readFile(file, 'utf8').catch(() => undefined)
  return text === undefined ? undefined : (JSON.parse(text) as SupervisorState)
}
