import type { Finding, PlannedFile } from '@opencore/contract'
import { valuesPath } from '../plan-values.ts'
import { cascadeCommand } from './cascade-command.ts'
import { readReleases, type DeliveredRelease } from './read-releases.ts'
import type { Tombstone } from './tombstones.ts'

/**
 * What a plan would take away from running environments. Renaming a release is deleting it.
 * Findings, all at once: `DELETES_ENVIRONMENT`, `DELETES_RELEASE` (each unless a tombstone approves it),
 * `MOVES_RELEASE` (another namespace: Argo CD makes new objects and deletes the old), `DELETES_EVERYTHING`.
 * @param previous the generated tree at the merge base with the main branch; never the working tree, which whoever
 * deletes something has changed already
 */
export function guardPlan(
  previous: readonly PlannedFile[],
  planned: readonly PlannedFile[],
  tombstones: readonly Tombstone[],
): Finding[] {
  const before = readReleases(previous)
  const after = readReleases(planned)
  if (before.length > 0 && after.length === 0) return [deletesEverything]
  const alive = new Set(after.map(({ environment }) => environment))
  const gone = [...new Set(before.map(({ environment }) => environment))].filter((name) => !alive.has(name))
  return [
    ...gone
      .filter(
        (environment) =>
          !tombstones.some((stone) => stone.environment === environment && stone.release === undefined),
      )
      .map((environment) =>
        deletesEnvironment(before.filter((release) => release.environment === environment)),
      ),
    ...before
      .filter(({ environment }) => alive.has(environment))
      .flatMap((release) => guardRelease(release, after, tombstones)),
  ]
}

function guardRelease(
  release: DeliveredRelease,
  after: readonly DeliveredRelease[],
  tombstones: readonly Tombstone[],
): Finding[] {
  const successor = after.find(
    (other) => other.environment === release.environment && other.release === release.release,
  )
  if (successor) return successor.namespace === release.namespace ? [] : [movesRelease(release, successor)]
  const approved = tombstones.some(
    (stone) =>
      stone.environment === release.environment && (stone.release ?? release.release) === release.release,
  )
  return approved ? [] : [deletesRelease(release)]
}

const deletesEverything: Finding = {
  code: 'DELETES_EVERYTHING',
  severity: 'error',
  at: { file: 'argocd' },
  found: 'the plan holds no release at all',
  wanted: 'at least one environment',
  next: 'restore environments/',
}

function deletesEnvironment(releases: readonly DeliveredRelease[]): Finding {
  const environment = releases[0]?.environment ?? ''
  return {
    code: 'DELETES_ENVIRONMENT',
    severity: 'error',
    at: { file: `argocd/${environment}` },
    found: `the environment \`${environment}\` with ${releases.length} releases is gone from the plan`,
    wanted: `it, or an approved deletion`,
    next: `restore environments/${environment}/, or run \`opencore generate --allow-delete ${environment}\``,
  }
}

function deletesRelease(release: DeliveredRelease): Finding {
  const { environment, release: name } = release
  return {
    code: 'DELETES_RELEASE',
    severity: 'error',
    at: { file: valuesPath(environment, name) },
    found: `the release \`${environment}/${name}\` is gone from the plan; a rename deletes, too`,
    wanted: 'it, or an approved deletion',
    next: `restore it, or run \`opencore generate --allow-delete ${environment}/${name}\`${release.cascades ? '' : `; after the merge a person runs \`${cascadeCommand(release)}\``}`,
  }
}

function movesRelease(
  { environment, release, namespace }: DeliveredRelease,
  successor: DeliveredRelease,
): Finding {
  return {
    code: 'MOVES_RELEASE',
    severity: 'error',
    at: { file: valuesPath(environment, release) },
    found: `the release \`${environment}/${release}\` moves from namespace ${namespace} to ${successor.namespace}`,
    wanted: `the namespace ${namespace}: objects cannot move, they would be deleted and made anew`,
    next: 'add a release under another name, shift the traffic, then delete this one',
  }
}
