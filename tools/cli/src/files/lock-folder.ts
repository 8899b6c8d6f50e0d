import type { Finding } from '@opencore/contract'
import { lock } from 'proper-lockfile'
import { exitCode, Refusal } from '../output/refusal.ts'

/** A killed holder stops refreshing its lock; after this time (ms) the next command takes it over. */
const staleAfter = 2_000

/** Run an action while nobody else holds this folder. Waits for up to 10 s, then refuses with `busy` (exit code 3). */
export async function withFolderLock<T>(folder: string, busy: Finding, action: () => Promise<T>): Promise<T> {
  const release = await lock(folder, {
    stale: staleAfter,
    update: staleAfter / 2,
    retries: { retries: 40, minTimeout: 250, maxTimeout: 250 },
  }).catch((error: unknown) => {
    throw isLocked(error) ? new Refusal([busy], exitCode.busy) : error
  })
  try {
    return await action()
  } finally {
    await release()
  }
}

const isLocked = (error: unknown) => error instanceof Error && 'code' in error && error.code === 'ELOCKED'
