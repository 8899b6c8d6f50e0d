import type { Finding } from '@opencore/contract'
import { isAbsolute, relative } from 'node:path'

/** What the operating system says of a path, and what helps (errno.h). */
const troubles: Readonly<Record<string, readonly [found: string, next: string]>> = {
  EACCES: ['is not yours to use', 'give yourself the right, or choose another folder'],
  EPERM: ['is not yours to use', 'give yourself the right, or choose another folder'],
  EROFS: ['is on a file system that can only be read', 'choose another folder'],
  ENOSPC: ['does not fit on the disk any more', 'make room'],
  EDQUOT: ['does not fit into your quota any more', 'make room'],
  ENOTDIR: ['needs a folder where a file is', 'move the file away'],
  EEXIST: ['needs a folder where a file is', 'move the file away'],
  EISDIR: ['needs a file where a folder is', 'move the folder away'],
}

/** What a person can mend about a file or folder that could not be used; undefined for any other error. */
export function describeFileTrouble(error: unknown): Finding | undefined {
  if (!(error instanceof Error) || !('code' in error) || !('path' in error)) return undefined
  const [found, next] = troubles[String(error.code)] ?? []
  if (found === undefined || next === undefined) return undefined
  const path = String(error.path)
  const below = relative(process.cwd(), path)
  return {
    code: 'FILE_UNUSABLE',
    severity: 'error',
    at: { file: below.startsWith('..') || isAbsolute(below) ? path : below },
    found: `it ${found} (${String(error.code)})`,
    wanted: 'a place that can be read and written',
    next: `${next}, then run the command again`,
  }
}
