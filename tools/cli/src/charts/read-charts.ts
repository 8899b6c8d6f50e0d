import { readFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { glob } from 'tinyglobby'
import { parse } from 'yaml'

/** The part of Chart.yaml that counts here (https://helm.sh/docs/topics/charts/#the-chartyaml-file). */
export interface ChartManifest {
  name: string
  version: string
  description?: string
  type?: 'application' | 'library'
  kubeVersion?: string
  annotations?: Record<string, string>
  dependencies?: { name: string; alias?: string; condition?: string; repository?: string }[]
}

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
  const charts = await Promise.all(
    files.map(async (file): Promise<ChartFolder> => {
      const manifest = parse(await readFile(join(root, file), 'utf8')) as ChartManifest
      const { name, version, type = 'application', dependencies = [] } = manifest
      return {
        name,
        version,
        type,
        folder: dirname(file),
        dependencies: dependencies.map((dependency) => dependency.alias ?? dependency.name),
        components: dependencies
          .filter(({ condition }) => condition !== undefined)
          .map((dependency) => ({ name: dependency.alias ?? dependency.name, chart: dependency.name })),
        manifest,
      }
    }),
  )
  return charts.sort((a, b) => (a.name < b.name ? -1 : 1))
}
