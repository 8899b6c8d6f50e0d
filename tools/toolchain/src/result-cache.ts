import { readdirSync, readFileSync, rmSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { cacheFolder } from './cache-folder.ts'
import { writeFileAtomically } from './write-file-atomically.ts'

/**
 * The result of an earlier run under the same key, or that of the action, which is then kept. The key has to cover all
 * that the action reads, its own code among it.
 * @param isKept which results may stand for later runs; all of them unless somebody says
 */
export async function cached<T>(
  key: string,
  action: () => Promise<T>,
  isKept: (value: T) => boolean = () => true,
): Promise<{ value: T; cached: boolean }> {
  const folder = join(cacheFolder(), 'results')
  const file = join(folder, `${key}.json`)
  const kept = readKept(file)
  if (kept) return { value: kept.value as T, cached: true }
  const value = await action()
  if (isKept(value)) {
    writeFileAtomically(file, JSON.stringify({ value }))
    prune(folder)
  }
  return { value, cached: false }
}

/** Nothing where nothing is kept, or what no run of ours wrote: a cache is never a reason to fail. */
function readKept(file: string): { value: unknown } | undefined {
  try {
    const kept = JSON.parse(readFileSync(file, 'utf8')) as unknown
    return typeof kept === 'object' && kept !== null && 'value' in kept ? kept : undefined
  } catch {
    return undefined
  }
}

/** Some weeks of changes of a bank; each file has less than a kilobyte unless a chart's suites fail. */
const KEPT_FILES = 4096

function prune(folder: string): void {
  const names = readdirSync(folder)
  if (names.length <= KEPT_FILES) return
  const files = names
    .map((name) => join(folder, name))
    .map((file) => ({ file, made: statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? 0 }))
    .sort((a, b) => b.made - a.made)
  // Half of them at once: the next runs have room.
  for (const { file } of files.slice(KEPT_FILES / 2)) rmSync(file, { force: true })
}
