import { failure, success, type PlannedFile, type Result } from '@opencore/contract'
import { planApprovalFile, readApprovalFile, type ApprovalFile } from './approval-file.ts'

/** A deletion that somebody asked for: of one release, or without `release` of a whole environment. */
export interface Tombstone {
  environment: string
  release?: string
}

/** The file of approved deletions. `generate --allow-delete` writes it, a review approves it. */
const file: ApprovalFile = {
  path: 'argocd/tombstones.yaml',
  key: 'deletions',
  header: [
    'Deletions that were approved, written by `opencore generate --allow-delete <environment>/<release>`.',
    'An entry stays until what it names is delivered again.',
  ],
  code: 'TOMBSTONE_FILE',
  wanted: '<environment> or <environment>/<release>',
}

export const tombstonesPath = file.path

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
  return readApprovalFile(file, bytes, (entry) => {
    const read = parseTombstone(String(entry))
    return read.ok ? read.value : undefined
  })
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
  return planApprovalFile(file, [...kept].sort())
}
