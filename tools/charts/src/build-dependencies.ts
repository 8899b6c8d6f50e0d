import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { readManifest } from './read-manifest.ts'

/**
 * Put the dependencies of charts into their `charts/`, in a scratch copy. helm looks no deeper than one chart, so
 * those of an umbrella's components are built first; what is there already is left alone.
 * @param folders as `listChartFolders` gives them: each before what it depends on
 * @param build runs `helm dependency build` for a folder
 */
export async function buildDependencies(
  scratch: string,
  folders: readonly string[],
  build: (folder: string) => Promise<unknown>,
): Promise<void> {
  for (const folder of folders.toReversed()) {
    const { dependencies = [] } = readManifest(scratch, folder)
    if (dependencies.length > 0 && !existsSync(join(scratch, folder, 'charts'))) await build(folder)
  }
}
