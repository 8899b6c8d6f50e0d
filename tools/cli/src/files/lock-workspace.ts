import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { lock } from 'proper-lockfile'
import { exitCode, Refusal } from '../output/refusal.ts'

/** A killed holder stops refreshing its lock; after this time (ms) the next command takes it over. */
const staleAfter = 2_000

/**
 * Run an action while no other `opencore` writes to this workspace.
 * Waits for another writer for up to 10 s, then refuses (BUSY, exit code 3).
 */
export async function withWorkspaceLock<T>(root: string, action: () => Promise<T>): Promise<T> {
  const folder = join(root, '.opencore')
  await mkdir(folder, { recursive: true })
  const release = await lock(folder, {
    stale: staleAfter,
    update: staleAfter / 2,
    retries: { retries: 40, minTimeout: 250, maxTimeout: 250 },
  }).catch((error: unknown) => {
    throw isLocked(error) ? busy() : error
  })
  try {
    return await action()
  } finally {
    await release()
  }
}

const isLocked = (error: unknown) => error instanceof Error && 'code' in error && error.code === 'ELOCKED'

const busy = () =>
  new Refusal(
    [
      {
        code: 'BUSY',
        severity: 'error',
        at: { file: '.opencore.lock' },
        found: 'another opencore is writing to this workspace',
        wanted: 'one writer at a time',
        next: 'wait until it ends, then run the same command again',
      },
    ],
    exitCode.busy,
  )
