import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { execa } from 'execa'
import { parse, stringify } from 'yaml'
import { writeAtomically } from '../files/write-atomically.ts'

/** What counts here of index.yaml. */
export interface RepositoryIndex {
  generated: string
  entries: Record<string, { version: string; digest: string; created: string }[]>
}

/**
 * Write index.yaml for the packages in a folder. helm puts the time of day into it; the epoch (seconds since 1970)
 * takes its place, so that two builds give the same bytes. The index appears at once: it may be served meanwhile.
 */
export async function indexRepository(folder: string, helm: string, epoch: number): Promise<void> {
  await execa(helm, ['repo', 'index', folder])
  const path = join(folder, 'index.yaml')
  const index = parse(await readFile(path, 'utf8')) as RepositoryIndex
  const created = new Date(epoch * 1000).toISOString()
  const entries = Object.entries(index.entries).map(
    ([name, versions]) => [name, versions.map((version) => ({ ...version, created }))] as const,
  )
  const dated: RepositoryIndex = { ...index, generated: created, entries: Object.fromEntries(entries) }
  await writeAtomically(path, stringify(dated))
}
