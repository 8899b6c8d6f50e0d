import { readFile } from 'node:fs/promises'
import { gunzipSync, gzipSync } from 'node:zlib'
import { writeAtomically } from '../files/write-atomically.ts'

/** Size of a tar block; every header is one, contents are filled up to whole ones. */
const BLOCK = 512

/**
 * Put the charts inside a package in the order of their names. helm package takes them in a random one, since it
 * reads `charts/` into a Go map; a chart's own files keep their order.
 */
export async function sortArchive(file: string): Promise<void> {
  const entries = readEntries(gunzipSync(await readFile(file)))
  const sorted = entries.toSorted((a, b) => (a.chart === b.chart ? 0 : a.chart < b.chart ? -1 : 1))
  const end = Buffer.alloc(2 * BLOCK)
  await writeAtomically(
    file,
    gzipSync(Buffer.concat([...sorted.map(({ bytes }) => bytes), end]), { level: 9 }),
  )
}

interface Entry {
  /** `umbrella/charts/component`: the innermost chart that the file belongs to. */
  chart: string
  /** Header and content, after the extended header where there is one. */
  bytes: Buffer
}

function readEntries(tar: Buffer): Entry[] {
  const entries: Entry[] = []
  let start = 0
  for (let at = 0; tar[at] !== 0 && at < tar.length;) {
    const field = (from: number, length: number) =>
      tar.toString('utf8', at + from, at + from + length).replace(/\0.*$/s, '')
    const size = Number.parseInt(field(124, 12), 8)
    const next = at + BLOCK + Math.ceil(size / BLOCK) * BLOCK
    // An extended header (a long name, say) belongs to the entry after it.
    if (!['x', 'g', 'L'].includes(field(156, 1))) {
      const name = [field(345, 155), field(0, 100)].filter((part) => part !== '').join('/')
      entries.push({
        chart: /^[^/]+(\/charts\/[^/]+)*/.exec(name)?.[0] ?? '',
        bytes: tar.subarray(start, next),
      })
      start = next
    }
    at = next
  }
  return entries
}
