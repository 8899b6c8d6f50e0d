import { CODE_OWNERS_FILE } from '@opencore/plan'
import { findByHand } from './find-by-hand.ts'
import type { Repository } from './git.ts'
import { readEnvironment, type DeliveredEnvironment } from './read-environment.ts'
import { RELEASE_FILES } from './release-folder.ts'

/** An environment's ref, with what only its history tells of what somebody pushed by hand. */
export interface HandledEnvironment extends DeliveredEnvironment {
  /** Releases whose folder somebody deleted. */
  lost: string[]
  /** Whether somebody changed who approves, or deleted it. */
  areOwnersByHand: boolean
}

/**
 * Read an environment as `readEnvironment` does, and what its history says: a record that somebody changed is the word of
 * nobody who rendered the release, so the release drifts.
 */
export async function readWithHands(
  repository: Repository,
  revision: string | undefined,
): Promise<HandledEnvironment> {
  const there = await readEnvironment(repository, revision)
  const hands = there.commit === undefined ? [] : await findByHand(repository, there.commit)
  const paths = new Map(hands.map((change) => [change.path, change]))
  const recordOf = (name: string) => paths.get(`${name}/${RELEASE_FILES.record}`)
  const names = new Set(there.releases.map(({ name }) => name))
  return {
    ...there,
    releases: there.releases.map((release) =>
      release.drift === undefined && recordOf(release.name)
        ? { ...release, drift: `${RELEASE_FILES.record} is not what was promoted` }
        : release,
    ),
    lost: hands
      .filter(({ isGone }) => isGone)
      .flatMap(({ path }) => {
        const [name = '', file, ...more] = path.split('/')
        return file === RELEASE_FILES.record && more.length === 0 && !names.has(name) ? [name] : []
      })
      .sort(),
    areOwnersByHand: paths.has(CODE_OWNERS_FILE),
  }
}
