import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { parse, stringify } from 'yaml'

interface RepositoryIndex {
  generated: string
  entries: Record<string, { created: string }[]>
}

/** helm writes the time of day into index.yaml; the epoch takes its place, so that two builds give the same bytes. */
export async function indexRepository(folder: string, epoch: number): Promise<void> {
  const path = join(folder, 'index.yaml')
  const index = parse(await readFile(path, 'utf8')) as RepositoryIndex
  const created = new Date(epoch * 1000).toISOString()
  const entries = Object.entries(index.entries).map(
    ([name, versions]) => [name, versions.map((version) => ({ ...version, created }))] as const,
  )
  await writeFile(
    path,
    stringify({
      ...index,
      generated: created,
      entries: Object.fromEntries(entries),
    } satisfies RepositoryIndex),
  )
}
