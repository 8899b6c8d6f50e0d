import { readHistory } from '@opencore/delivery'
import type { PlatformEnvironment } from '@opencore/model'
import { findNamed } from '../releases/find-named.ts'
import type { Refs } from './open-refs.ts'

/**
 * Refuses a name that is no release of an environment, and never was one on its ref (UNKNOWN_NAME): git would take it for a
 * path, and many paths are none.
 * @param head of the ref
 */
export async function checkRelease(
  { repository }: Pick<Refs, 'repository'>,
  { releases }: PlatformEnvironment,
  head: string | undefined,
  release: string,
): Promise<void> {
  const known = releases.map(({ name }) => name)
  if (known.includes(release)) return
  const isFolder = /^[^/\0]+$/.test(release) && !['.', '..'].includes(release)
  const was = head !== undefined && isFolder ? await readHistory(repository, head, { release, limit: 1 }) : []
  if (was.length === 0) findNamed(known, [release], (name) => name, 'release', '[release]')
}
