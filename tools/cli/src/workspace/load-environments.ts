import { createHash } from 'node:crypto'
import { readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { glob } from 'tinyglobby'
import { readIfPresent } from '../files/read-if-present.ts'
import { writeAtomically } from '../files/write-atomically.ts'
import { exitCode, Refusal } from '../output/refusal.ts'
import { bundleEnvironments } from './bundle-environments.ts'

/** The layer files of `environments/`: what they export, and their text (positions are found in it). */
export interface LayerFiles {
  /** Path relative to the workspace root -> its named exports. */
  modules: Record<string, Record<string, unknown>>
  /** Path relative to the workspace root -> source text. */
  sources: Record<string, string>
}

/** Load every layer file. The transpiled module is kept by content, so a second load costs one import. */
export async function loadEnvironments(root: string): Promise<LayerFiles> {
  const files = (
    await glob('environments/**/*.ts', { cwd: root, ignore: ['**/*.test.ts', '**/node_modules/**'] })
  ).sort()
  const texts = await Promise.all(files.map((file) => readFile(join(root, file), 'utf8')))
  const sources = Object.fromEntries(files.map((file, index) => [file, texts[index] ?? '']))
  const module = join(root, '.opencore', 'cache', `environments-${await cacheKey(sources)}.mjs`)
  if ((await readIfPresent(module)) === undefined)
    await writeAtomically(module, await bundleEnvironments(root, files))
  return { modules: await importModules(module), sources }
}

/** The sources, and the command line that transpiles them. */
async function cacheKey(sources: Record<string, string>): Promise<string> {
  const self = await stat(fileURLToPath(import.meta.url))
  return createHash('sha256')
    .update(JSON.stringify([sources, self.mtimeMs]))
    .digest('hex')
    .slice(0, 16)
}

async function importModules(path: string): Promise<LayerFiles['modules']> {
  try {
    const { modules } = (await import(pathToFileURL(path).href)) as { modules: LayerFiles['modules'] }
    return modules
  } catch (error) {
    throw new Refusal(
      [
        {
          code: 'ENVIRONMENT_FAILED',
          severity: 'error',
          at: { file: 'environments' },
          found: `a layer file throws when it is loaded: ${error instanceof Error ? error.message : String(error)}`,
          wanted: 'layer files that only describe',
          next: 'take the failing expression out of environments/',
        },
      ],
      exitCode.badInput,
    )
  }
}
