import { readFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { glob } from 'tinyglobby'
import { parse } from 'yaml'

/** What Chart.yaml says of a chart. */
export interface ChartFolder {
  name: string
  version: string
  /** Folder relative to the workspace root. */
  folder: string
  type: 'application' | 'library'
  /** The ApplicationSet its releases belong to; libraries have none. */
  purpose: string | undefined
  /** Names, or aliases, of the charts it depends on. */
  dependencies: string[]
}

/** Every chart of the workspace, ordered by name. */
export async function readCharts(root: string): Promise<ChartFolder[]> {
  const files = await glob('charts/*/Chart.yaml', { cwd: root })
  const charts = await Promise.all(
    files.map(async (file): Promise<ChartFolder> => {
      const chart = parse(await readFile(join(root, file), 'utf8')) as {
        name: string
        version: string
        type?: ChartFolder['type']
        annotations?: Record<string, string>
        dependencies?: { name: string; alias?: string }[]
      }
      return {
        name: chart.name,
        version: chart.version,
        folder: dirname(file),
        type: chart.type ?? 'application',
        purpose: chart.annotations?.['opencore.dev/purpose'],
        dependencies: chart.dependencies?.map(({ name, alias }) => alias ?? name) ?? [],
      }
    }),
  )
  return charts.sort((a, b) => (a.name < b.name ? -1 : 1))
}
