import { existsSync } from 'node:fs'
import { join, normalize } from 'node:path'
import { readManifest } from './read-manifest.ts'

/**
 * The folder of a chart and those of every chart that it takes in by `file://`, each before what it depends on.
 * A dependency that lies in the chart's own `charts/` is part of the chart already.
 */
export function listChartFolders(root: string, chart: string): string[] {
  const folders: string[] = []
  const visit = (folder: string): void => {
    if (folders.includes(folder)) return
    const { dependencies = [] } = readManifest(root, folder)
    for (const { name, repository = '' } of dependencies.toReversed()) {
      const vendored = existsSync(join(root, folder, 'charts', name))
      if (repository.startsWith('file://') && !vendored)
        visit(normalize(join(folder, repository.slice('file://'.length))))
    }
    folders.unshift(folder)
  }
  visit(chart)
  return folders
}
