import { lstat, readdir } from 'node:fs/promises'
import { join, relative } from 'node:path'

/** What lies at a path of the workspace. */
export interface TreeEntry {
  /** Relative to the workspace root, with `/`. */
  path: string
  kind: 'file' | 'folder' | 'link' | 'other'
}

/** The folder and everything below it, by path; links are listed and not followed. Nothing where there is none. */
export async function listTree(root: string, folder: string): Promise<TreeEntry[]> {
  const top = await lstat(join(root, folder)).catch(() => undefined)
  if (!top) return []
  const entry: TreeEntry = { path: folder, kind: kindOf(top) }
  if (entry.kind !== 'folder') return [entry]
  const below = await readdir(join(root, folder), { recursive: true, withFileTypes: true })
  return [
    entry,
    ...below
      .map((each) => ({ path: relative(root, join(each.parentPath, each.name)), kind: kindOf(each) }))
      .sort((a, b) => (a.path < b.path ? -1 : 1)),
  ]
}

type Kinds = Record<'isFile' | 'isDirectory' | 'isSymbolicLink', () => boolean>

function kindOf(entry: Kinds): TreeEntry['kind'] {
  if (entry.isFile()) return 'file'
  if (entry.isDirectory()) return 'folder'
  return entry.isSymbolicLink() ? 'link' : 'other'
}
