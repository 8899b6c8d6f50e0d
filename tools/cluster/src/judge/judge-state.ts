import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { writeFileAtomically } from '../files/write-file-atomically.ts'
import type { ProcessIdentity } from '../processes/process-identity.ts'

/** What runs for the judge, so that the next run finds it. Kept in `<folder>/state.json`. */
export interface JudgeState {
  /** What the servers were started with: binaries and definitions. Another key means another judge. */
  key: string
  etcd: ProcessIdentity & { port: number; peerPort: number }
  /** API servers by what they are asked. */
  servers: Record<string, ServerState>
}

export interface ServerState extends ProcessIdentity {
  port: number
}

/** The recorded state, or nothing when there is none that can be read. */
export async function readState(folder: string): Promise<JudgeState | undefined> {
  const text = await readFile(join(folder, 'state.json'), 'utf8').catch(() => '')
  try {
    return JSON.parse(text) as JudgeState
  } catch {
    return undefined
  }
}

export async function writeState(folder: string, state: JudgeState): Promise<void> {
  await writeFileAtomically(join(folder, 'state.json'), `${JSON.stringify(state, null, 2)}\n`, 0o600)
}
