import { join } from 'node:path'
import { readNowIfPresent } from './read-if-present.ts'
import { refuseLinks } from './refuse-links.ts'

/** A file as a pure stage planned it: path relative to the workspace root, with `/`. */
export interface PlannedFile {
  path: string
  text: string
}

/** A difference between the plan and the disk. `text` is null when the file goes. */
export interface FileChange {
  kind: 'added' | 'changed' | 'removed'
  path: string
  text: string | null
}

/**
 * What must be written so that the disk equals the plan.
 * `existing` are the paths of the generated files that are on disk now; those that no plan names are removed. Refuses links, as
 * `refuseLinks` does.
 */
export function compareFiles(
  root: string,
  planned: readonly PlannedFile[],
  existing: readonly string[],
): FileChange[] {
  const wanted = new Set(planned.map(({ path }) => path))
  refuseLinks(root, [...wanted, ...existing])
  const written = planned.flatMap(({ path, text }): FileChange[] => {
    const current = readNowIfPresent(join(root, path))
    if (current === text) return []
    return [{ kind: current === undefined ? 'added' : 'changed', path, text }]
  })
  const removed = existing
    .filter((path) => !wanted.has(path))
    .map((path): FileChange => ({ kind: 'removed', path, text: null }))
  return [...written, ...removed].sort((a, b) => (a.path < b.path ? -1 : 1))
}
