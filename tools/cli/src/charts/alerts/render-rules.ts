import { readFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { glob } from 'tinyglobby'
import { readReleases, renderReleases, toRequests, type Manifest } from '../../render/index.ts'

/** Objects of a case of a chart or of a release, by `<chart>/<case>` or `<environment>/<release>`. */
export interface RenderedCase {
  id: string
  objects: Manifest[]
}

/** Every case of a chart, as the release `example` in the namespace `data`. */
export async function renderChartCases(root: string, folder: string): Promise<RenderedCase[]> {
  const files = (await glob('ci/*-values.yaml', { cwd: join(root, folder) })).sort()
  const target = { chart: join(root, folder), release: 'example', namespace: 'data', kubeVersion: '' }
  return render(
    await Promise.all(
      files.map(async (file) => ({
        ...target,
        id: `${basename(folder)}/${basename(file, '-values.yaml')}`,
        values: await readFile(join(root, folder, file), 'utf8'),
      })),
    ),
  )
}

/** Every release of the model, as argocd/ says it. */
export async function renderModel(root: string): Promise<RenderedCase[]> {
  const releases = readReleases(root)
  if (!releases.ok) throw new Error(JSON.stringify(releases.findings))
  return render(toRequests(root, releases.value))
}

async function render(requests: Parameters<typeof renderReleases>[0]): Promise<RenderedCase[]> {
  const rendered: RenderedCase[] = []
  for await (const { id, objects, error } of renderReleases(requests, () => undefined)) {
    if (!objects) throw new Error(`${id}: ${error}`)
    rendered.push({ id, objects })
  }
  return rendered
}
