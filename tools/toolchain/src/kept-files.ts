import { readdirSync, readFileSync, rmSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { cacheFolder } from './cache-folder.ts'
import { writeFileAtomically } from './write-file-atomically.ts'

/** A file of a folder of the cache; nothing where it is not there or cannot be read: a cache is never a reason to fail. */
export function readKeptFile(folder: string, name: string): Buffer | undefined {
  try {
    return readFileSync(join(cacheFolder(), folder, name))
  } catch {
    return undefined
  }
}

/**
 * Keep a file in a folder of the cache that holds nothing else.
 * @param most how many files the folder may have; of more, the older half goes
 */
export function keepFile(folder: string, name: string, content: string | Buffer, most: number): void {
  const parent = join(cacheFolder(), folder)
  writeFileAtomically(join(parent, name), content)
  prune(parent, most)
}

function prune(folder: string, most: number): void {
  const names = readdirSync(folder)
  if (names.length <= most) return
  const files = names
    .map((name) => join(folder, name))
    .map((file) => ({ file, made: statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? 0 }))
    .sort((a, b) => b.made - a.made)
  // Half of them at once: the next runs have room.
  for (const { file } of files.slice(most / 2)) rmSync(file, { force: true })
}
