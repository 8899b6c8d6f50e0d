import { printYaml } from '@opencore/contract'
import type { KubernetesObject } from '@opencore/cluster'
import { placeStage, RELEASES, type Render } from '@opencore/drills'
import { renderReleases } from '@opencore/renderer'
import { join } from 'node:path'
import { parseManifests } from '../deliver/parse-manifests.ts'
import type { Report } from '../output/run-steps.ts'
import { loadChanged } from '../workspace/load-platform.ts'

/** The releases of the drills' stage, as this checkout has them; one that a drill makes is in no file of `argocd/`. */
export function renderStage(root: string, report: Report): Render {
  return async (where, restore) => {
    const { names, localise, extend } = placeStage(where, restore)
    const { definition, releases } = await loadChanged(root, RELEASES.environment, localise, extend)
    const requests = releases
      .filter(({ name }) => names.includes(name))
      .map(({ name, namespace, chart, values }) => ({
        id: name,
        chart: join(root, 'charts', chart.name),
        release: name,
        namespace,
        values: printYaml(values),
        kubeVersion: definition.kubernetesVersion,
      }))
    const objects: KubernetesObject[] = []
    for await (const { id, ...rendered } of renderReleases(requests, report)) {
      if ('error' in rendered) throw new Error(`${id}: ${rendered.error}`)
      objects.push(...(parseManifests(rendered.manifests) as readonly KubernetesObject[]))
    }
    return objects
  }
}
