import type { Finding } from '@opencore/contract'
import { FindingsError } from '@opencore/contract/findings'
import type { Stats } from 'node:fs'
import { lstat, mkdir } from 'node:fs/promises'

/** The bits that let group and others write. */
const WRITTEN_BY_OTHERS = 0o022

/** Make a folder that is this user's alone; one that is there has to be, as `requireOwnFolder` says. */
export async function makeOwnFolder(folder: string): Promise<void> {
  await requireOwnFolder(folder)
  await mkdir(folder, { recursive: true, mode: 0o700 })
  // For mkdir, a link to a folder is one: somebody may have been faster.
  await requireOwnFolder(folder)
}

/**
 * Refuse a folder that somebody else can put something else in the place of: a link, another user's, or one that others
 * may write to (FOLDER_FOREIGN). What is removed there would be removed elsewhere. One that is not there is none.
 */
export async function requireOwnFolder(folder: string): Promise<void> {
  const found = await lstat(folder).catch(() => undefined)
  const trouble = found === undefined ? undefined : describe(found)
  if (trouble !== undefined) throw new FindingsError([foreign(folder, trouble)])
}

function describe(found: Stats): string | undefined {
  if (found.isSymbolicLink()) return 'it is a link'
  if (!found.isDirectory()) return 'it is no folder'
  const user = process.getuid?.()
  // Windows has neither users by number nor these bits.
  if (user === undefined) return undefined
  if (found.uid !== user) return `it belongs to user ${found.uid}, and this runs as ${user}`
  return (found.mode & WRITTEN_BY_OTHERS) === 0 ? undefined : 'others may write to it'
}

const foreign = (folder: string, found: string): Finding => ({
  code: 'FOLDER_FOREIGN',
  severity: 'error',
  at: { file: folder },
  found,
  wanted:
    'a folder of the user who runs this, which nobody else may write to: what is in it is removed in the end',
  next: 'find out who made it and remove it, then run the same command again',
})
