import type { PlannedFile } from '@opencore/contract'
import { createHash } from 'node:crypto'
import { readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { unpackExports } from '@opencore/model/transfer'
import { readIfPresent } from '../files/read-if-present.ts'
import { writeAtomically } from '../files/write-atomically.ts'
import { refuseLayers } from './refuse-layers.ts'
import { runLayers } from './run-layers.ts'

/** The layer files of `environments/`: what they export, and their text (positions are found in it). */
export interface LayerFiles {
  /** Path relative to the workspace root -> its named exports. */
  modules: Record<string, Record<string, unknown>>
  /** Path relative to the workspace root -> source text. */
  sources: Record<string, string>
}

/**
 * Load the layer files among the files of `environments/`. The transpiled module is kept by content, so a second load
 * costs the start of one thread.
 * @param drafts those of them that are not on disk yet, or with another text
 */
export async function loadEnvironments(
  root: string,
  sourceFiles: readonly string[],
  drafts: readonly PlannedFile[] = [],
): Promise<LayerFiles> {
  const files = sourceFiles.filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts'))
  const drafted = new Map(drafts.map(({ path, text }) => [path, text]))
  const texts = await Promise.all(
    files.map(async (file) => drafted.get(file) ?? (await readFile(join(root, file), 'utf8'))),
  )
  const sources = Object.fromEntries(files.map((file, index) => [file, texts[index] ?? '']))
  const module = join(root, '.opencore', 'cache', `environments-${await cacheKey(sources)}.mjs`)
  // The bundler is loaded where something is bundled: it takes longer to load than what was kept takes to run.
  const bundler = () => import('./bundle-environments.ts')
  if ((await readIfPresent(module)) === undefined)
    await writeAtomically(module, await (await bundler()).bundleEnvironments(root, files, drafted))
  const outcome = await runLayers(module)
  if (outcome.end !== 'exported')
    throw await refuseLayers(outcome, module, async () =>
      (await bundler()).mapEnvironments(root, files, drafted),
    )
  return { modules: unpackExports(outcome.exports) as LayerFiles['modules'], sources }
}

/** The sources, and the command line that transpiles them. */
async function cacheKey(sources: Record<string, string>): Promise<string> {
  const self = await stat(fileURLToPath(import.meta.url))
  return createHash('sha256')
    .update(JSON.stringify([sources, self.mtimeMs]))
    .digest('hex')
    .slice(0, 16)
}
