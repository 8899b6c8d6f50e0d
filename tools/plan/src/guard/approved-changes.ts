import { formatPath } from '@opencore/model'
import { isObject, type PlannedFile, type Result } from '@opencore/contract'
import type { ChangedValue } from '../diff-values.ts'
import { planApprovalFile, readApprovalFile, type ApprovalFile } from './approval-file.ts'

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
const file: ApprovalFile = {
  path: 'argocd/approved-changes.yaml',
  key: 'changes',
  header: [
    'Changes that what runs cannot follow and a person carries out, written by `opencore generate --allow-change`.',
    'An entry is for this one change, and goes when the value becomes another.',
  ],
  code: 'APPROVED_CHANGES_FILE',
  wanted: 'release, value, was, becomes and procedure',
}

export const approvedChangesPath = file.path

/** The approved changes of a tree; none without the file. Finding: `APPROVED_CHANGES_FILE`, and those of `readYaml`. */
export function readApprovedChanges(bytes: Uint8Array | undefined): Result<ApprovedChange[]> {
  return readApprovalFile(file, bytes, (entry) => (isApprovedChange(entry) ? entry : undefined))
}

function isApprovedChange(entry: unknown): entry is ApprovedChange {
  return isObject(entry) && ['release', 'value', 'procedure'].every((key) => typeof entry[key] === 'string')
}

/** The file of approved changes; none when there are none. */
export function planApprovedChanges(changes: readonly ApprovedChange[]): PlannedFile[] {
  const keyOf = ({ release, value }: ApprovedChange) => `${release} ${value}`
  const sorted = changes
    .toSorted((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1))
    .map(({ release, value, was, becomes, procedure }) => ({ release, value, was, becomes, procedure }))
  return planApprovalFile(file, sorted)
}

/** What a person may do about values that what runs cannot follow, as the end of a message. */
export function suggestApproval(release: string, paths: readonly (readonly string[])[], more = ''): string {
  const targets = paths.map((path) => `'${release}:${formatPath([...path])}'`)
  if (targets.length === 0) return ''
  return `; a person who will do it by hand says so: opencore generate --allow-change ${targets.join(' ')}${more}`
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
