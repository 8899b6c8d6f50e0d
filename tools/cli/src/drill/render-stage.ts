import type { KubernetesObject } from '@opencore/cluster'
import { RELEASES, SAVED, type Render } from '@opencore/drills'
import { localiseDefinition } from '@opencore/nodes'
import { parseManifests } from '../deliver/parse-manifests.ts'
import type { Report } from '../output/run-steps.ts'
import { renderEnvironments } from '../up/render-environments.ts'
import { loadChanged } from '../workspace/load-platform.ts'

/** The releases of the drills' stage, as this checkout has them. */
export function renderStage(root: string, report: Report): Render {
  return async (api) => {
    const environment = await loadChanged(root, RELEASES.environment, (definition) =>
      localiseDefinition(definition, api, SAVED),
    )
    const releases = environment.releases.filter(({ name }) => RELEASES.names.includes(name))
    const rendered = await renderEnvironments(root, [{ ...environment, releases }], report, true)
    return [...rendered.values()].flat().flatMap(({ manifests }) => {
      return parseManifests(manifests) as readonly KubernetesObject[]
    })
  }
}
