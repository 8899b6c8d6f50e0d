import { basename, dirname } from 'node:path'
import { digestFolders } from './digest-folders.ts'
import { listChartFolders } from './list-chart-folders.ts'

/** SHA-256 of all files of a chart (absolute folder) and of the charts that it takes in by `file://`. About 5 ms. */
export async function digestChart(folder: string): Promise<string> {
  const root = dirname(folder)
  return digestFolders(root, listChartFolders(root, basename(folder)))
}
