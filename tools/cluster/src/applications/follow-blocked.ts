import { setTimeout as sleep } from 'node:timers/promises'
import type { Report } from '../report.ts'
import { isVain, keepSince, type AllBlocked, type Hindrance } from './judge-blocked.ts'

/** Between two looks. */
const PAUSE_MS = 3_000
/** Nobody is asked while others become ready: a first start has better things to do. */
const QUIET_MS = 8_000
/** For so long nothing but refusals, and nothing that became ready: what is a second late is not refused by then. */
const PATIENCE_MS = 20_000

export interface BlockedWait {
  /** Names of all that is waited for. */
  waiting: () => readonly string[]
  /** What they are refused just now, by name; nothing of those that are on their way. */
  look: () => Promise<ReadonlyMap<string, Hindrance>>
  /** When one became ready last. */
  lastReady: () => number
  signal: AbortSignal
  report: Report
  pauseMs?: number
  quietMs?: number
  patienceMs?: number
}

/**
 * Look every few seconds, until the signal, what keeps Applications from becoming healthy, and tell of each once. Ends with
 * what is blocked when waiting for it is in vain; with nothing at the signal.
 */
export async function followBlocked({
  waiting,
  look,
  lastReady,
  signal,
  report,
  pauseMs = PAUSE_MS,
  quietMs = QUIET_MS,
  patienceMs = PATIENCE_MS,
}: BlockedWait): Promise<AllBlocked | undefined> {
  let blocked: AllBlocked = new Map()
  const told = new Set<string>()
  for (;;) {
    await sleep(pauseMs, undefined, { signal }).catch(() => undefined)
    if (signal.aborted) return undefined
    const before = blocked
    // An API server that is restarting says nothing.
    const looked =
      Date.now() < lastReady() + quietMs
        ? new Map<string, Hindrance>()
        : await look().catch(() => new Map<string, Hindrance>())
    blocked = keepSince(before, looked, Date.now())
    for (const [name, { words }] of blocked) {
      // At the second look: much that is refused at first is not a moment later.
      if (!before.has(name) || told.has(name)) continue
      told.add(name)
      report(`${name} waits: ${words.join('; ')}`)
    }
    const moment = { now: Date.now(), lastReady: lastReady(), patienceMs }
    if (isVain(waiting(), blocked, moment)) return blocked
  }
}
