import { gunzipSync } from 'node:zlib'

/** Size of a tar block; every header is one, contents are filled up to whole ones. */
export const BLOCK = 512

/** A file of a package. */
export interface ArchiveEntry {
  /** Its path, which begins with the chart's name. */
  name: string
  content: Buffer
  /** Header and content, after the extended header where there is one. */
  bytes: Buffer
}

/** The files of a package, in their order there. helm packages files alone: no folders, no links. */
export function readArchive(packed: Buffer): ArchiveEntry[] {
  const tar = gunzipSync(packed)
  const entries: ArchiveEntry[] = []
  let start = 0
  let longName: string | undefined
  for (let at = 0; tar[at] !== 0 && at < tar.length;) {
    const field = (from: number, length: number) =>
      tar.toString('utf8', at + from, at + from + length).replace(/\0.*$/s, '')
    const size = Number.parseInt(field(124, 12), 8)
    const content = tar.subarray(at + BLOCK, at + BLOCK + size)
    const next = at + BLOCK + Math.ceil(size / BLOCK) * BLOCK
    // An extended header (a long name, say) belongs to the entry after it.
    if (['x', 'g', 'L'].includes(field(156, 1)))
      longName = /(?:^|\n)\d+ path=(.*)\n/.exec(content.toString())?.[1]
    else {
      const name = longName ?? [field(345, 155), field(0, 100)].filter((part) => part !== '').join('/')
      entries.push({ name, content, bytes: tar.subarray(start, next) })
      start = next
      longName = undefined
    }
    at = next
  }
  return entries
}
