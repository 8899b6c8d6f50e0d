import { appendFile, mkdir, readdir, readFile, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'

/** Verdicts by the digest of what was judged. */
export interface VerdictCache<T> {
  get(key: string): T[] | undefined
  /** Keep verdicts for later runs. */
  add(verdicts: ReadonlyMap<string, T[]>): Promise<void>
}

/** Files that were not used for so long, and any beyond so many, are deleted. */
const MAX_AGE_MS = 30 * 86_400_000
const MAX_BYTES = 64 * 2 ** 20

/**
 * The verdicts under one foundation, or of rehearsals: a file of lines `[key, judgements]` that only grows. A
 * line torn by a crash is skipped, and asked for again; two writers append whole lines.
 */
export async function openVerdictCache<T>(folder: string, name: string): Promise<VerdictCache<T>> {
  await mkdir(folder, { recursive: true, mode: 0o700 })
  const file = join(folder, `${name}.jsonl`)
  const known = new Map(
    (await readFile(file, 'utf8').catch(() => '')).split('\n').flatMap((line) => parseLine<T>(line)),
  )
  return {
    get: (key) => known.get(key),
    async add(verdicts) {
      if (verdicts.size === 0) return
      for (const [key, judgements] of verdicts) known.set(key, judgements)
      const lines = [...verdicts].map((entry) => `${JSON.stringify(entry)}\n`)
      // The break before ends a line that a crash may have torn.
      await appendFile(file, `\n${lines.join('')}`, { mode: 0o600 })
      await prune(folder)
    },
  }
}

function parseLine<T>(line: string): [string, T[]][] {
  if (line === '') return []
  try {
    const [key, judgements] = JSON.parse(line) as [string, T[]]
    return typeof key === 'string' && Array.isArray(judgements) ? [[key, judgements]] : []
  } catch {
    return []
  }
}

async function prune(folder: string): Promise<void> {
  const names = await readdir(folder)
  const files = await Promise.all(
    names.map(async (name) => ({ name, stat: await stat(join(folder, name)).catch(() => undefined) })),
  )
  const old = files.filter(
    ({ stat }) => stat !== undefined && (Date.now() - stat.mtimeMs > MAX_AGE_MS || stat.size > MAX_BYTES),
  )
  await Promise.all(old.map(({ name }) => rm(join(folder, name), { force: true })))
}
