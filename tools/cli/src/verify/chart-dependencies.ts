import { readFile } from 'node:fs/promises'
import { join, normalize } from 'node:path'
import { parse } from 'yaml'
import type { ChartRef } from './chart-case.ts'

/** The folders of a chart and of every chart that it takes in by `file://`, the chart first. */
export async function chartFolders(root: string, chart: Pick<ChartRef, 'folder'>): Promise<string[]> {
  const folders = new Set([chart.folder])
  // A set that grows while it is walked: dependencies of dependencies come too.
  for (const folder of folders) {
    const { dependencies = [] } = parse(await readFile(join(root, folder, 'Chart.yaml'), 'utf8')) as {
      dependencies?: { repository?: string }[]
    }
    for (const { repository = '' } of dependencies)
      if (repository.startsWith('file://'))
        folders.add(normalize(join(folder, repository.slice('file://'.length))))
  }
  return [...folders]
}
