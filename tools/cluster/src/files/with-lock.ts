import { mkdir } from 'node:fs/promises'
import { dirname } from 'node:path'
import { lock } from 'proper-lockfile'

/** Run an action while no other process runs one under the same lock; wait up to two minutes for the turn. */
export async function withLock<T>(file: string, action: () => Promise<T>): Promise<T> {
  await mkdir(dirname(file), { recursive: true, mode: 0o700 })
  const release = await lock(file, {
    realpath: false,
    // A holder that was killed is recognised after 10 s (the lock's age is renewed while it lives).
    stale: 10_000,
    retries: { retries: 1_200, minTimeout: 20, maxTimeout: 100 },
  })
  try {
    return await action()
  } finally {
    await release()
  }
}
