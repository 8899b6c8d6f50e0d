import { identifyProcess, isRunning, type ProcessIdentity } from '@opencore/cluster/process-identity'
import type { Finding } from '@opencore/contract'
import { writeFileAtomically } from '@opencore/toolchain/write-file-atomically'
import { readFile } from 'node:fs/promises'
import { setTimeout } from 'node:timers/promises'
import { lock } from 'proper-lockfile'
import { exitCode, Refusal } from '../output/refusal.ts'

/** A killed holder stops refreshing its lock; after this time (ms) the next command takes it over. */
const staleAfter = 2_000
/** A holder that lives may be busy for as long (ms) and refresh nothing meanwhile; on this machine its process says that it lives. */
const busyAtMost = 60_000
/** Between two looks (ms). */
const PAUSE = 250

interface Options {
  /** A file that says which process holds the lock, where nobody on another machine may hold it. */
  owner?: string
  /** Looks until it is refused: 10 s. */
  tries?: number
}

/** Run an action while nobody else holds this folder. Waits for up to 10 s, then refuses with `busy` (exit code 3). */
export async function withFolderLock<T>(
  folder: string,
  busy: Finding,
  action: () => Promise<T>,
  { owner, tries = 40 }: Options = {},
): Promise<T> {
  const refused = new Refusal([busy], exitCode.busy)
  const held = { isLost: false }
  const take = async () => {
    const isHeld = owner !== undefined && (await isAlive(owner))
    const stale = isHeld ? busyAtMost : staleAfter
    return lock(folder, { stale, update: staleAfter / 2, onCompromised: () => (held.isLost = true) })
  }
  const release = await again(take, tries).catch((error: unknown) => {
    throw isLocked(error) ? refused : error
  })
  if (owner !== undefined) writeFileAtomically(owner, JSON.stringify(await identifyProcess(process.pid)))
  try {
    const result = await action()
    // Somebody took it over from a machine that slept, and may have written, too.
    if (held.isLost) throw refused
    return result
  } finally {
    if (!held.isLost) await release()
  }
}

async function again<T>(take: () => Promise<T>, tries: number): Promise<T> {
  for (let left = tries; left > 0; left -= 1)
    try {
      return await take()
    } catch (error) {
      if (!isLocked(error)) throw error
      await setTimeout(PAUSE)
    }
  return take()
}

/** Whether the process that wrote an owner's file still runs. */
async function isAlive(owner: string): Promise<boolean> {
  const text = await readFile(owner, 'utf8').catch(() => undefined)
  return text !== undefined && isRunning(JSON.parse(text) as ProcessIdentity)
}

const isLocked = (error: unknown) => error instanceof Error && 'code' in error && error.code === 'ELOCKED'
