import { formatPath } from '@opencore/model'
import {
  failure,
  isObject,
  printYaml,
  readYaml,
  success,
  type Finding,
  type PlannedFile,
  type Result,
} from '@opencore/contract'
import type { ChangedValue } from '../diff-values.ts'

/** One change of one value that what runs cannot follow, and that a person carries out by hand. */
export interface ApprovedChange {
  /** `dev/accounts` */
  release: string
  /** As people write a path: `workload.statefulSet.serviceName`. */
  value: string
  /** Nothing where nobody set it, and the chart has no default. */
  was?: unknown
  becomes?: unknown
  /** What that person does. */
  procedure: string
}

/** The file of approved changes. `generate --allow-change` writes it, a review approves it. */
export const approvedChangesPath = 'argocd/approved-changes.yaml'

/** The approved changes of a tree; none without the file. Finding: `APPROVED_CHANGES_FILE`, and those of `readYaml`. */
export function readApprovedChanges(bytes: Uint8Array | undefined): Result<ApprovedChange[]> {
  if (bytes === undefined) return success([])
  const file = readYaml(bytes, approvedChangesPath)
  if (!file.ok) return file
  const { changes = [] } = file.value.value
  if (Array.isArray(changes) && changes.every(isApprovedChange)) return success(changes)
  return failure([brokenFile(file.value.locate('/changes'))])
}

function isApprovedChange(entry: unknown): entry is ApprovedChange {
  return isObject(entry) && ['release', 'value', 'procedure'].every((key) => typeof entry[key] === 'string')
}

function brokenFile(at: Finding['at']): Finding {
  return {
    code: 'APPROVED_CHANGES_FILE',
    severity: 'error',
    at,
    found: 'the file is not as `opencore generate` wrote it',
    wanted: 'a list `changes` of release, value, was, becomes and procedure',
    next: 'restore it from git',
  }
}

/** The file of approved changes; none when there are none. */
export function planApprovedChanges(changes: readonly ApprovedChange[]): PlannedFile[] {
  if (changes.length === 0) return []
  const keyOf = ({ release, value }: ApprovedChange) => `${release} ${value}`
  const sorted = changes
    .toSorted((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1))
    .map(({ release, value, was, becomes, procedure }) => ({ release, value, was, becomes, procedure }))
  const header = [
    '# Changes that what runs cannot follow and a person carries out, written by `opencore generate --allow-change`.',
    '# An entry is for this one change, and goes when the value becomes another.',
  ]
  return [{ path: approvedChangesPath, text: [...header, printYaml({ changes: sorted })].join('\n') }]
}

/** The approval of a change of a release's value, if there is one: of this very change and of no other. */
export function findApproval(
  approved: readonly ApprovedChange[],
  release: string,
  { path, before, after }: ChangedValue,
): ApprovedChange | undefined {
  const value = formatPath(path)
  return approved.find(
    (one) =>
      one.release === release && one.value === value && isSame(one.was, before) && isSame(one.becomes, after),
  )
}

/** Whether two values are, nothing among them. */
export const isSame = (a: unknown, b: unknown) => JSON.stringify(a) === JSON.stringify(b)
