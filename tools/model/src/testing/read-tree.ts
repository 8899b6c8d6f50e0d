import { readdirSync, readFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { pathToFileURL } from 'node:url'
import { readContract, type JsonSchema } from '@opencore/contract'
import { parse } from 'yaml'
import type { PlatformInput } from '../assemble/input.ts'
import { readChart } from '../assemble/read-chart.ts'

/**
 * The input of `assemblePlatform` from a folder with `environments/` and `charts/`, for tests.
 * The command line does the same from a bundle; a test runner can import TypeScript as it is.
 */
export async function readTree(root: string): Promise<PlatformInput> {
  const files = readdirSync(join(root, 'environments'), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !entry.parentPath.includes('node_modules'))
    .map((entry) => relative(root, join(entry.parentPath, entry.name)))
    .sort()
  const layers = files.filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts'))
  const modules = await Promise.all(
    layers.map(async (file) => [file, await importModule(join(root, file))] as const),
  )
  return {
    modules: Object.fromEntries(modules),
    sources: Object.fromEntries(layers.map((file) => [file, readFileSync(join(root, file), 'utf8')])),
    overrides: files.flatMap((file) => {
      const [, environment, release] = /^environments\/([^/]+)\/overrides\/([^/]+)\.yaml$/.exec(file) ?? []
      if (environment === undefined || release === undefined) return []
      return [{ file, environment, release, bytes: readFileSync(join(root, file)) }]
    }),
    images: files.flatMap((file) => {
      const [, service] = /^environments\/images\/([^/]+)\.yaml$/.exec(file) ?? []
      return service === undefined ? [] : [{ file, service, bytes: readFileSync(join(root, file)) }]
    }),
    charts: readdirSync(join(root, 'charts')).flatMap((name) => readChartFolder(join(root, 'charts', name))),
  }
}

/** What a layer file exports, as a plain object. */
export async function importModule(file: string): Promise<Record<string, unknown>> {
  return { ...((await import(/* @vite-ignore */ pathToFileURL(file).href)) as Record<string, unknown>) }
}

function readChartFolder(folder: string): PlatformInput['charts'] {
  const chart = parse(readFileSync(join(folder, 'Chart.yaml'), 'utf8')) as Parameters<typeof readChart>[0] & {
    type?: string
  }
  if (chart.type === 'library') return []
  const schema = JSON.parse(readFileSync(join(folder, 'values.schema.json'), 'utf8')) as JsonSchema
  return [readChart(chart, readContract(chart.name, schema))]
}
