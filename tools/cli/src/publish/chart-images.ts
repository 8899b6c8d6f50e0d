import type { ChartFolder } from '@opencore/charts'
import { renderReleases, type RenderRequest } from '@opencore/renderer'
import type { Report } from '@opencore/toolchain'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { glob } from 'tinyglobby'
import { listImages, type Image } from './list-images.ts'

/** An image of a chart, and the values with which the chart names it. */
export interface ChartImage extends Image {
  cases: string[]
}

/**
 * What each chart, by its name, runs with its default values (where it renders with these) and in its own cases. Which
 * image an operator takes by itself is in no manifest, and so not among them.
 */
export async function readChartImages(
  root: string,
  charts: readonly ChartFolder[],
  report: Report,
): Promise<Map<string, ChartImage[]>> {
  const requests = (await Promise.all(charts.map((chart) => listRequests(root, chart)))).flat()
  const found = new Map(charts.map(({ name }) => [name, new Map<string, ChartImage>()]))
  let index = 0
  for await (const { id, objects = [], error } of renderReleases(requests, report)) {
    const { release = '' } = requests[index++] ?? {}
    if (error !== undefined && id !== DEFAULTS) throw new Error(`${id}: ${error}`)
    const images = found.get(release) ?? new Map<string, ChartImage>()
    for (const image of listImages(objects)) {
      const key = JSON.stringify(image)
      const known = images.get(key) ?? { ...image, cases: [] }
      if (!known.cases.includes(id)) known.cases.push(id)
      images.set(key, known)
    }
  }
  return new Map([...found].map(([name, images]) => [name, [...images.values()]]))
}

/** The case of a chart's own default values, which are in its package. */
export const DEFAULTS = 'values.yaml'

async function listRequests(root: string, { name, folder }: ChartFolder): Promise<RenderRequest[]> {
  const request = (id: string, values: string) => ({
    id,
    values,
    chart: join(root, folder),
    release: name,
    namespace: name,
    kubeVersion: '',
  })
  const files = (await glob('ci/*-values.yaml', { cwd: join(root, folder) })).sort()
  const cases = files.map(async (file) => request(file, await readFile(join(root, folder, file), 'utf8')))
  return [request(DEFAULTS, '{}'), ...(await Promise.all(cases))]
}
