import type { Finding } from '@opencore/contract'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { lock } from 'proper-lockfile'
import { FindingsError } from '@opencore/contract/findings'
import { makeOwnFolder } from '../files/own-folder.ts'
import { writeFileAtomically } from '../files/write-file-atomically.ts'
import type { ProcessIdentity } from '../processes/process-identity.ts'
import { identifyProcess, isRunning } from '../processes/process-identity.ts'
import { layOut } from './layout.ts'

/** A lock whose holder was killed counts as free after this time without a sign of life. */
const STALE_MS = 5_000

/**
 * Hold the platform in this folder while `action` runs: two commands at once would start and stop the same processes.
 * Throws a FindingsError with PLATFORM_BUSY that names the holder, or FOLDER_FOREIGN. After a holder that was killed, it
 * waits a few seconds.
 */
export async function withPlatformLock<T>(folder: string, action: () => Promise<T>): Promise<T> {
  const layout = layOut(folder)
  await makeOwnFolder(layout.folder)
  const owner = join(layout.folder, 'lock.owner.json')
  const release = await take(layout.folder, owner)
  await writeFileAtomically(owner, JSON.stringify(await identifyProcess(process.pid)))
  try {
    return await action()
  } finally {
    await release()
  }
}

async function take(folder: string, owner: string): Promise<() => Promise<void>> {
  const options = { lockfilePath: join(folder, 'lock'), stale: STALE_MS, realpath: false }
  try {
    return await lock(folder, options)
  } catch (error) {
    if (!isLocked(error)) throw error
    const holder = await readOwner(owner)
    if (holder !== undefined && (await isRunning(holder))) throw new FindingsError([busy(folder, holder)])
  }
  try {
    return await lock(folder, { ...options, retries: { retries: 20, minTimeout: 500, maxTimeout: 500 } })
  } catch (error) {
    throw isLocked(error) ? new FindingsError([busy(folder, await readOwner(owner))]) : error
  }
}

const isLocked = (error: unknown) => error instanceof Error && 'code' in error && error.code === 'ELOCKED'

async function readOwner(file: string): Promise<ProcessIdentity | undefined> {
  const text = await readFile(file, 'utf8').catch(() => undefined)
  return text === undefined ? undefined : (JSON.parse(text) as ProcessIdentity)
}

function busy(folder: string, holder: ProcessIdentity | undefined): Finding {
  const who = holder === undefined ? 'another command' : `another command (process ${holder.pid})`
  return {
    code: 'PLATFORM_BUSY',
    severity: 'error',
    at: { file: folder },
    found: `${who} is working on this platform`,
    wanted: 'one `opencore up` or `opencore down` at a time',
    next: 'wait until it ends, then run this again',
  }
}
