import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join, normalize } from 'node:path'
import { parse } from 'yaml'
import type { ChartManifest } from './read-charts.ts'

/**
 * The folder of a chart and those of every chart that it takes in by `file://`, each before what it depends on.
 * A dependency that lies in the chart's own `charts/` is part of the chart already.
 */
export async function listChartFolders(root: string, chart: string): Promise<string[]> {
  const folders: string[] = []
  const visit = async (folder: string): Promise<void> => {
    if (folders.includes(folder)) return
    const manifest = parse(await readFile(join(root, folder, 'Chart.yaml'), 'utf8')) as ChartManifest
    for (const { name, repository = '' } of (manifest.dependencies ?? []).toReversed()) {
      const vendored = existsSync(join(root, folder, 'charts', name))
      if (repository.startsWith('file://') && !vendored)
        await visit(normalize(join(folder, repository.slice('file://'.length))))
    }
    folders.unshift(folder)
  }
  await visit(chart)
  return folders
}
