import type { PlannedFile } from '@opencore/contract'
import { cascadeCommand } from './cascade-command.ts'
import { readReleases } from './read-releases.ts'
import { planTombstones, type Tombstone } from './tombstones.ts'

/** The file of approved deletions, and what a person has to run once it is merged. */
export interface ApprovedDeletions {
  files: PlannedFile[]
  /** One command for each deleted release that Argo CD keeps, ordered by environment and release. */
  commands: string[]
}

/**
 * Write down approved deletions beside a plan.
 * @param previous the generated tree at the merge base
 * @param tombstones those of the tree and those that `--allow-delete` adds
 */
export function approveDeletions(
  previous: readonly PlannedFile[],
  planned: readonly PlannedFile[],
  tombstones: readonly Tombstone[],
): ApprovedDeletions {
  const after = readReleases(planned)
  const delivered = (stone: Tombstone) =>
    after.some(
      ({ environment, release }) =>
        environment === stone.environment && (stone.release ?? release) === release,
    )
  const deleted = readReleases(previous).filter(
    (old) =>
      !delivered(old) &&
      tombstones.some(
        ({ environment, release }) =>
          environment === old.environment && (release ?? old.release) === old.release,
      ),
  )
  return {
    files: planTombstones(tombstones, delivered),
    commands: deleted.filter(({ cascades }) => !cascades).map(cascadeCommand),
  }
}
