import { didYouMean, findNearNames, type Finding, type PlannedFile } from '@opencore/contract'
import { cascadeCommand } from './cascade-command.ts'
import { readReleases, type DeliveredRelease } from './read-releases.ts'
import { formatTombstone, planTombstones, tombstonesPath, type Tombstone } from './tombstones.ts'

/** The file of approved deletions, and what a person has to run once it is merged. */
export interface ApprovedDeletions {
  files: PlannedFile[]
  /** One command for each deleted release that Argo CD keeps, ordered by environment and release. */
  commands: string[]
}

/**
 * What of `--allow-delete` deletes nothing: what was never delivered, and what still is. Finding: `TOMBSTONE_TARGET`.
 * @param previous the generated tree at the merge base
 */
export function checkTargets(
  previous: readonly PlannedFile[],
  planned: readonly PlannedFile[],
  targets: readonly Tombstone[],
): Finding[] {
  const before = readReleases(previous)
  const after = readReleases(planned)
  return targets.flatMap((stone): Finding[] => {
    const name = formatTombstone(stone)
    if (after.some((delivered) => isMeant(stone, delivered)))
      return [refuse(`\`${name}\` is still delivered`, `remove it from environments/, then approve`)]
    if (before.some((delivered) => isMeant(stone, delivered))) return []
    const known = before.flatMap(({ environment, release }) => [environment, `${environment}/${release}`])
    const near = didYouMean(findNearNames(name, known))
    return [refuse(`\`${name}\` was never delivered`, near ?? 'correct the argument of --allow-delete')]
  })
}

const refuse = (found: string, next: string): Finding => ({
  code: 'TOMBSTONE_TARGET',
  severity: 'error',
  at: { file: tombstonesPath },
  found,
  wanted: 'what the main branch delivers and environments/ does not any more',
  next,
})

const isMeant = (stone: Tombstone, { environment, release }: DeliveredRelease) =>
  environment === stone.environment && (stone.release ?? release) === release

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
  const delivered = (stone: Tombstone) => after.some((release) => isMeant(stone, release))
  const deleted = readReleases(previous).filter(
    (old) => tombstones.some((stone) => isMeant(stone, old)) && !delivered(old),
  )
  return {
    files: planTombstones(tombstones, delivered),
    commands: deleted.filter(({ cascades }) => !cascades).map(cascadeCommand),
  }
}
