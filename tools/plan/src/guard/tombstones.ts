import {
  failure,
  printYaml,
  readYaml,
  success,
  type Finding,
  type PlannedFile,
  type Result,
} from '@opencore/contract'

/** A deletion that somebody asked for: of one release, or without `release` of a whole environment. */
export interface Tombstone {
  environment: string
  release?: string
}

/** The file of approved deletions. `generate --allow-delete` writes it, a review approves it. */
export const tombstonesPath = 'argocd/tombstones.yaml'

/** `dev/accounts`, or `dev` for all of it. */
export function formatTombstone({ environment, release }: Tombstone): string {
  return release === undefined ? environment : `${environment}/${release}`
}

/**
 * What a person passed to `--allow-delete`.
 * Finding: `TOMBSTONE_TARGET` for anything but `<environment>` or `<environment>/<release>`.
 */
export function parseTombstone(target: string): Result<Tombstone> {
  const [, environment, release] = /^([a-z][-a-z0-9]*)(?:\/([a-z][-a-z0-9]*))?$/.exec(target) ?? []
  if (environment === undefined)
    return failure([
      {
        code: 'TOMBSTONE_TARGET',
        severity: 'error',
        at: { file: tombstonesPath },
        found: `\`${target}\` is nothing that can be deleted`,
        wanted: '<environment>/<release>, or <environment> for all of it',
        next: 'correct the argument of --allow-delete',
      },
    ])
  return success(release === undefined ? { environment } : { environment, release })
}

/** The approved deletions of a tree; none without the file. Finding: `TOMBSTONE_FILE`, and those of `readYaml`. */
export function readTombstones(bytes: Uint8Array | undefined): Result<Tombstone[]> {
  if (bytes === undefined) return success([])
  const file = readYaml(bytes, tombstonesPath)
  if (!file.ok) return file
  const { deletions = [] } = file.value.value
  const read = Array.isArray(deletions) ? deletions.map((entry) => parseTombstone(String(entry))) : undefined
  if (read?.every((result) => result.ok)) return success(read.map(({ value }) => value))
  return failure([brokenFile(file.value.locate('/deletions'))])
}

function brokenFile(at: Finding['at']): Finding {
  return {
    code: 'TOMBSTONE_FILE',
    severity: 'error',
    at,
    found: 'the file is not as `opencore generate` wrote it',
    wanted: 'a list `deletions` of <environment> or <environment>/<release>',
    next: 'restore it from git',
  }
}

/**
 * The file of approved deletions; none when there are none. A tombstone of something that is delivered again is
 * dropped, so that an old approval cannot serve a new deletion.
 */
export function planTombstones(
  tombstones: readonly Tombstone[],
  isDelivered: (tombstone: Tombstone) => boolean,
): PlannedFile[] {
  const kept = new Set(tombstones.filter((tombstone) => !isDelivered(tombstone)).map(formatTombstone))
  if (kept.size === 0) return []
  const header = [
    '# Deletions that were approved, written by `opencore generate --allow-delete <environment>/<release>`.',
    '# An entry stays until what it names is delivered again.',
  ]
  return [{ path: tombstonesPath, text: [...header, printYaml({ deletions: [...kept].sort() })].join('\n') }]
}
