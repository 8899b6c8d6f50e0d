import { dirname } from 'node:path'
import { glob } from 'tinyglobby'
import { readManifest, type ChartManifest } from './read-manifest.ts'

/** A chart of the workspace. */
export interface ChartFolder {
  name: string
  version: string
  type: 'application' | 'library'
  /** Relative to the workspace root. */
  folder: string
  /** Names, or aliases, of the charts it depends on. */
  dependencies: string[]
  /** Of an umbrella: its dependencies with a `condition`, by the name (or alias) under which each has its values. */
  components: { name: string; chart: string }[]
  manifest: ChartManifest
}

/** Whether releases of this chart are part of an environment: neither a library nor an umbrella. */
export function isComponent({ type, components }: ChartFolder): boolean {
  return type === 'application' && components.length === 0
}

/** Every chart of the workspace, ordered by name. */
export async function readCharts(root: string): Promise<ChartFolder[]> {
  const files = await glob('charts/*/Chart.yaml', { cwd: root })
  const charts = files.map((file): ChartFolder => {
    const folder = dirname(file)
    const manifest = readManifest(root, folder)
    const { name, version, type = 'application', dependencies = [] } = manifest
    return {
      name,
      version,
      type,
      folder,
      dependencies: dependencies.map((dependency) => dependency.alias ?? dependency.name),
      components: dependencies
        .filter(({ condition }) => condition !== undefined)
        .map((dependency) => ({ name: dependency.alias ?? dependency.name, chart: dependency.name })),
      manifest,
    }
  })
  return charts.sort((a, b) => (a.name < b.name ? -1 : 1))
}
