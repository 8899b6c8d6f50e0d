import { keepFile, readKeptFile } from './kept-files.ts'

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
  const kept = recall(key)
  if (kept) return { value: kept.value as T, cached: true }
  const value = await action()
  if (isKept(value)) keep(key, value)
  return { value, cached: false }
}

/** Keep a result for later runs. */
export function keep(key: string, value: unknown): void {
  keepFile(FOLDER, `${key}.json`, JSON.stringify({ value }), KEPT_FILES)
}

const FOLDER = 'results'

/** Some weeks of changes of a bank; each file has less than a kilobyte unless a chart's suites fail. */
const KEPT_FILES = 4096

/**
 * What an earlier run kept under a key, for those who have to know before they act. Nothing where nothing is kept, or what
 * no run of ours wrote: a cache is never a reason to fail.
 */
export function recall(key: string): { value: unknown } | undefined {
  try {
    const text = readKeptFile(FOLDER, `${key}.json`)?.toString() ?? ''
    const kept = JSON.parse(text) as unknown
    return typeof kept === 'object' && kept !== null && 'value' in kept ? kept : undefined
  } catch {
    return undefined
  }
}
