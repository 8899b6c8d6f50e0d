import { basename } from 'node:path'
import { readReleases, renderReleases, toRequests, type Manifest } from '@opencore/renderer'
import { requestCases } from '../../shared/request-cases.ts'

/** Objects of a case of a chart or of a release, by `<chart>/<case>` or `<environment>/<release>`. */
export interface RenderedCase {
  id: string
  objects: Manifest[]
}

/** Every case of a chart, as the release `example` in the namespace `data`. */
export async function renderChartCases(root: string, folder: string): Promise<RenderedCase[]> {
  const rendered = await render(await requestCases(root, folder, 'data'))
  return rendered.map(({ id, objects }) => ({
    id: `${basename(folder)}/${basename(id, '-values.yaml')}`,
    objects,
  }))
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
