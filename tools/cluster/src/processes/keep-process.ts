import { setTimeout as sleep } from 'node:timers/promises'
import type { ProcessIdentity } from './process-identity.ts'
import type { ProcessSpec } from './process-spec.ts'
import type { ProcessPlace } from './start-process.ts'
import { startProcess } from './start-process.ts'
import { stopProcesses } from './stop-processes.ts'
import { waitReady } from './wait-ready.ts'

/** A process that ends by itself starts again this often, each time after a longer pause. */
const MAX_RESTARTS = 5
const FIRST_PAUSE_MS = 250

/** What `status` tells about one process. */
export interface KeptState extends ProcessIdentity {
  name: string
  restarts: number
  /** How it ended last, if it ever did: `exit code 1`. */
  lastEnd?: string
  /** True when it will not be started again. */
  givenUp: boolean
}

export interface KeptProcess {
  state: () => KeptState
  /** Resolves when it serves; rejects with a FindingsError that holds the end of its log. */
  ready: () => Promise<void>
  stop: () => Promise<void>
}

/** Start a process, and start it again when it ends by itself. `onChange` is told of every start and end. */
export async function keepProcess(
  spec: ProcessSpec,
  place: ProcessPlace,
  onChange: () => void,
): Promise<KeptProcess> {
  let current = await startProcess(spec, place)
  let restarts = 0
  let lastEnd: string | undefined
  const stop = new AbortController()
  const givenUp = () => lastEnd !== undefined && restarts === MAX_RESTARTS

  const keep = async () => {
    while (restarts <= MAX_RESTARTS) {
      const how = await current.ended
      if (stop.signal.aborted) return
      lastEnd = how
      onChange()
      if (givenUp()) return
      await sleep(FIRST_PAUSE_MS * 2 ** restarts, undefined, stop)
      restarts += 1
      current = await startProcess(spec, place)
      onChange()
    }
  }
  // The only rejection is the pause that `stop` cuts short.
  keep().catch(() => undefined)

  return {
    state: () => ({
      name: spec.name,
      pid: current.pid,
      started: current.started,
      restarts,
      givenUp: givenUp(),
      ...(lastEnd !== undefined && { lastEnd }),
    }),
    ready: () => waitReady(current, () => (givenUp() ? lastEnd : undefined)),
    stop: async () => {
      stop.abort()
      await stopProcesses([current])
    },
  }
}
