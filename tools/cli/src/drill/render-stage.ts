import type { KubernetesObject } from '@opencore/cluster'
import { placeStage, RELEASES, type Render } from '@opencore/drills'
import { parseManifests } from '../deliver/parse-manifests.ts'
import type { Report } from '../output/run-steps.ts'
import { renderEnvironments } from '../up/render-environments.ts'
import { loadChanged } from '../workspace/load-platform.ts'

/** The releases of the drills' stage, as this checkout has them. */
export function renderStage(root: string, report: Report): Render {
  return async (where, restore) => {
    const { names, localise, extend } = placeStage(where, restore)
    const environment = await loadChanged(root, RELEASES.environment, localise, extend)
    const releases = environment.releases.filter(({ name }) => names.includes(name))
    const rendered = await renderEnvironments(root, [{ ...environment, releases }], report, true)
    return [...rendered.values()].flat().flatMap(({ manifests }) => {
      return parseManifests(manifests) as readonly KubernetesObject[]
    })
  }
}
