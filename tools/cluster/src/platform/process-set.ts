import type { KeptProcess, KeptState } from '../processes/keep-process.ts'
import { keepProcess } from '../processes/keep-process.ts'
import type { ProcessSpec } from '../processes/process-spec.ts'
import type { ProcessPlace } from '../processes/start-process.ts'

/** In the order of starting; stopped the other way round, so that nobody loses whom it depends on. */
const TIERS = ['store', 'server', 'client'] as const
export type Tier = (typeof TIERS)[number]

/** All kept processes of one supervisor. */
export interface ProcessSet {
  /** Start a process and return when it serves; throws a FindingsError when it does not. */
  start: (tier: Tier, spec: ProcessSpec) => Promise<void>
  /** What is to be ended before the processes that it talks to. */
  beforeStop: (end: () => Promise<void>) => void
  /** Stop all, tier by tier. Nothing starts afterwards. */
  stopAll: () => Promise<void>
}

/** An empty set; `onChange` is given the state of all processes whenever one starts or ends. */
export function createProcessSet(place: ProcessPlace, onChange: (states: KeptState[]) => void): ProcessSet {
  const kept: { tier: Tier; process: KeptProcess }[] = []
  const starting = new Set<Promise<KeptProcess>>()
  const ends: (() => Promise<void>)[] = []
  let stopped = false
  const announce = () => {
    onChange(kept.map(({ process }) => process.state()))
  }
  return {
    async start(tier, spec) {
      if (stopped) throw new Error('the platform is being stopped')
      const start = keepProcess(spec, place, announce)
      starting.add(start)
      const process = await start.finally(() => starting.delete(start))
      kept.push({ tier, process })
      announce()
      await process.ready()
    },
    beforeStop(end) {
      ends.push(end)
    },
    async stopAll() {
      stopped = true
      // Whatever one of them ends with, processes are stopped.
      await Promise.allSettled(ends.map((end) => end()))
      await Promise.allSettled(starting)
      for (const tier of TIERS.toReversed()) {
        await Promise.all(kept.filter((entry) => entry.tier === tier).map(({ process }) => process.stop()))
      }
    },
  }
}
