import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { glob } from 'tinyglobby'

/** Label keys by name of metric. */
export type Inventory = ReadonlyMap<string, ReadonlySet<string>>

/** Files that were captured from the running process. */
export const captured = [
  'spring-boot-*.tsv',
  'kafka-*-strimzi-reporter-*.tsv',
  'redis_exporter-*-redis-*.tsv',
  'openbao-*.tsv',
  'otelcol-*.tsv',
]

/** What exporters export, of these files in `inventories/`. Throws for a line that is none. */
export async function readInventories(which: readonly string[] = ['*.tsv']): Promise<Inventory> {
  const folder = join(import.meta.dirname, 'inventories')
  const files = await glob([...which], { cwd: folder })
  const texts = await Promise.all(files.map((file) => readFile(join(folder, file), 'utf8')))
  const lines = texts.flatMap((text) =>
    text.split('\n').filter((line) => line !== '' && !line.startsWith('#')),
  )
  return joinInventories(lines.map(readLine))
}

/** Several exporters may have a metric of one name: it has the labels of all. */
export function joinInventories(metrics: readonly (readonly [string, readonly string[]])[]): Inventory {
  const joined = new Map<string, Set<string>>()
  for (const [name, labels] of metrics) {
    const known = joined.get(name) ?? new Set<string>()
    joined.set(name, known)
    for (const label of labels) known.add(label)
  }
  return joined
}

function readLine(line: string): readonly [string, readonly string[]] {
  const [name = '', type, labels = ''] = line.split('\t')
  if (!/^[a-z_][\w:]*$/i.test(name) || type === undefined) throw new Error(`no metric: ${line}`)
  return [name, labels.split(',').filter((label) => label !== '')]
}
