import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { cacheFolder } from './cache-folder.ts'
import { writeFileAtomically } from './write-file-atomically.ts'

/** The result of an earlier run under the same key, or that of the action, which is then kept. */
export async function cached<T>(
  key: string,
  action: () => Promise<T>,
): Promise<{ value: T; cached: boolean }> {
  const file = join(cacheFolder(), 'field-tools', `${key}.json`)
  const kept = await readFile(file, 'utf8').catch(() => undefined)
  if (kept !== undefined) return { value: JSON.parse(kept) as T, cached: true }
  const value = await action()
  writeFileAtomically(file, JSON.stringify(value))
  return { value, cached: false }
}
