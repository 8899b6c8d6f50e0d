import type { Asked, RestoredRow } from './record/judge-restore.ts'
import type { Stage } from './stage/open-stage.ts'

/** What a drill restored: when it asked for it, when that took writes, and what was in it then. */
export interface Restored extends Asked {
  /** When all was taken for lost, where it was. */
  lost?: number
  asked: number
  answered: number
  rows: readonly RestoredRow[]
}

/** Where a drill happens, and what it can do there. */
export interface Scene {
  stage: Stage
  /** The database's primary when the drill began, and its node. */
  primary: { pod: string; node: string }
  /** Say what was done, for the timeline. */
  mark: (what: string) => void
  /** Resolves when rows are acknowledged that were not under way when it was asked; throws when they are not in time. */
  writesGoOn: () => Promise<void>
  /** Have what was restored judged by what clients were told until then. */
  judge: (restored: Restored) => void
}

/** Something that is done to the ledger's database while clients write to it. */
export interface Drill {
  /** As people type it. */
  name: string
  /** What is done, in one line. */
  summary: string
  /** A client on the primary's own node writes too: it reaches that one when nobody else does. */
  besidePrimary?: true
  /** Another instance has to be the primary afterwards. */
  moves?: true
  /** Returns when it is done, and undone; whoever calls it waits until all is well. */
  run: (scene: Scene) => Promise<void>
}
