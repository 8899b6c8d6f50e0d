import type { PlannedFile } from '@opencore/contract'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { unpackExports } from '@opencore/model/transfer'
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
 * Load the layer files among the files of `environments/`. They are bundled each time, a tenth of a second, and run from
 * memory: a bundle that is kept is code that whoever writes where it is kept can change.
 * @param drafts those of them that are not on disk yet, or with another text
 */
export async function loadEnvironments(
  root: string,
  sourceFiles: readonly string[],
  drafts: readonly PlannedFile[] = [],
): Promise<LayerFiles> {
  // Loaded meanwhile, and by no command that has no use for it.
  const bundler = import('./bundle-environments.ts')
  const files = sourceFiles.filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts'))
  const drafted = new Map(drafts.map(({ path, text }) => [path, text]))
  const texts = await Promise.all(
    files.map(async (file) => drafted.get(file) ?? (await readFile(join(root, file), 'utf8'))),
  )
  const sources = Object.fromEntries(files.map((file, index) => [file, texts[index] ?? '']))
  const { bundleEnvironments, mapEnvironments } = await bundler
  const outcome = await runLayers(await bundleEnvironments(root, files, drafted))
  if (outcome.end !== 'exported')
    throw await refuseLayers(outcome, () => mapEnvironments(root, files, drafted))
  return { modules: unpackExports(outcome.exports) as LayerFiles['modules'], sources }
}
