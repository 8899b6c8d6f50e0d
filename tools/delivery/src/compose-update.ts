import { CODE_OWNERS_FILE } from '@opencore/plan'
import { isSameRelease } from './compare-release.ts'
import type { DeliveredEnvironment } from './read-environment.ts'
import type { HandledEnvironment } from './read-with-hands.ts'
import { layOutRelease, type RenderedRelease } from './release-folder.ts'
import type { TreeFile } from './write-ref.ts'

/** What a promotion writes to an environment's ref. */
export interface EnvironmentUpdate {
  files: TreeFile[]
  /** Folders of releases that go, and whatever somebody else has put there. */
  removed: string[]
  /** Releases that are new or other than before. */
  changed: string[]
}

/**
 * What of a rendered environment differs from what is on its ref. A release that came out as before keeps its folder and
 * its record, whatever commit it was rendered from now: a commit on the ref then shows what changes in the cluster. What somebody
 * changed by hand is written again also where it comes out the same: a commit has to say so, or it stays by hand.
 * @param gone releases on the ref that are delivered no more
 * @param options `isAnew`: nothing that is there is believed, and every record is written again; `owners`: who approves what is
 * promoted there
 */
export function composeUpdate(
  before: Pick<DeliveredEnvironment, 'releases' | 'strangers' | 'owners'> &
    Partial<Pick<HandledEnvironment, 'areOwnersByHand'>>,
  rendered: readonly RenderedRelease[],
  gone: readonly string[],
  { isAnew = false, owners }: { isAnew?: boolean; owners?: string | undefined } = {},
): EnvironmentUpdate {
  const known = new Map(before.releases.map((release) => [release.name, release]))
  const changed = rendered.filter((release) => !isSameRelease(known.get(release.release), release))
  return {
    files: [
      ...(isAnew ? rendered : changed).flatMap(layOutRelease),
      ...(owners === undefined || (owners === before.owners && !before.areOwnersByHand)
        ? []
        : [{ path: CODE_OWNERS_FILE, text: owners }]),
    ],
    removed: [...gone.filter((name) => known.has(name)), ...before.strangers],
    changed: changed.map(({ release }) => release),
  }
}
