import { readFile } from 'node:fs/promises'
import { gzipSync } from 'node:zlib'
import { writeAtomically } from '../files/write-atomically.ts'
import { BLOCK, readArchive } from './read-archive.ts'

/**
 * Put the charts inside a package in the order of their names. helm package takes them in a random one, since it
 * reads `charts/` into a Go map; a chart's own files keep their order.
 */
export async function sortArchive(file: string): Promise<void> {
  const entries = readArchive(await readFile(file)).map(({ name, bytes }) => ({
    chart: chartOf(name),
    bytes,
  }))
  const sorted = entries.toSorted((a, b) => (a.chart === b.chart ? 0 : a.chart < b.chart ? -1 : 1))
  const end = Buffer.alloc(2 * BLOCK)
  await writeAtomically(
    file,
    gzipSync(Buffer.concat([...sorted.map(({ bytes }) => bytes), end]), { level: 9 }),
  )
}

/** `umbrella/charts/component`: the innermost chart that a file belongs to. */
const chartOf = (name: string) => /^[^/]+(\/charts\/[^/]+)*/.exec(name)?.[0] ?? ''
