import {
  failure,
  printYaml,
  readYaml,
  success,
  type Finding,
  type PlannedFile,
  type Result,
} from '@opencore/contract'

/** A file of what people approved: one list, which `generate` writes and a review approves. */
export interface ApprovalFile {
  path: string
  /** Key of the list. */
  key: string
  /** What it is, as comments; a line each. */
  header: readonly string[]
  /** Code of the finding about a file that nobody wrote so, and what its entries have to be. */
  code: string
  wanted: string
}

/**
 * The entries of an approval file; none without the file. Findings: its own code, and those of `readYaml`.
 * @param read an entry, or nothing of what is none
 */
export function readApprovalFile<T>(
  { path, key, code, wanted }: ApprovalFile,
  bytes: Uint8Array | undefined,
  read: (entry: unknown) => T | undefined,
): Result<T[]> {
  if (bytes === undefined) return success([])
  const file = readYaml(bytes, path)
  if (!file.ok) return file
  const { [key]: listed = [] } = file.value.value
  const entries = Array.isArray(listed) ? listed.map(read) : [undefined]
  const known = entries.filter((entry) => entry !== undefined)
  if (known.length === entries.length) return success(known)
  const finding: Finding = {
    code,
    severity: 'error',
    at: file.value.locate(`/${key}`),
    found: 'the file is not as `opencore generate` wrote it',
    wanted: `a list \`${key}\` of ${wanted}`,
    next: 'restore it from git',
  }
  return failure([finding])
}

/** An approval file with these entries; none when there are none. */
export function planApprovalFile(
  { path, key, header }: ApprovalFile,
  entries: readonly unknown[],
): PlannedFile[] {
  if (entries.length === 0) return []
  const comments = header.map((line) => `# ${line}`)
  return [{ path, text: [...comments, printYaml({ [key]: entries })].join('\n') }]
}
