import { mkdirSync, readdirSync } from 'node:fs'
import path from 'node:path'
import { lock } from 'proper-lockfile'
import { cacheFolder } from './cache-folder.ts'
import type { Report } from './report.ts'

/** A lock whose holder died is taken over after this time; the holder renews it every third of it. */
const STALE_MILLISECONDS = 15_000
const ASK_AGAIN_MILLISECONDS = 500
/** What a lock's place is called while it is held. */
const HELD = '.lock'

type Release = () => Promise<void>

/** Take the lock of one name, waiting as long as another process holds it (reported once). Returns its release. */
export async function takeLock(name: string, report: Report): Promise<Release> {
  const free = await tryLock(name)
  if (free) return free
  report(`waiting for another opencore process that builds ${name}`)
  const retries = { forever: true, factor: 1, minTimeout: ASK_AGAIN_MILLISECONDS }
  return await lock(lockTarget(name), { ...options, retries })
}

/** Take the lock of one name if nobody holds it, else return undefined at once. */
export async function tryLock(name: string): Promise<Release | undefined> {
  try {
    return await lock(lockTarget(name), options)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ELOCKED') return undefined
    throw error
  }
}

/** The names of which locks are held, by whatever process of this or another checkout, or were by one that died. */
export function heldNames(): string[] {
  return readdirSync(lockFolder())
    .filter((entry) => entry.endsWith(HELD))
    .map((entry) => entry.slice(0, -HELD.length))
}

const options = {
  realpath: false,
  stale: STALE_MILLISECONDS,
  update: STALE_MILLISECONDS / 3,
  // After a suspended machine wakes up, another process may hold the lock too. Both then build in folders of
  // their own and the first rename wins, so there is nothing to stop.
  onCompromised: () => undefined,
}

function lockTarget(name: string): string {
  return path.join(lockFolder(), name)
}

function lockFolder(): string {
  const folder = path.join(cacheFolder(), 'locks')
  mkdirSync(folder, { recursive: true })
  return folder
}
