import { printYaml } from '@opencore/contract'
import type { PlatformEnvironment, Release } from '@opencore/model'
import type { RenderRequest } from '@opencore/renderer'
import { join } from 'node:path'
import { root } from './root.ts'

/** What to ask the renderer for releases of an environment as the model assembled it, with values that no file has. */
export function requestReleases(
  { definition, releases }: PlatformEnvironment,
  isAsked: (release: Release) => boolean = () => true,
): RenderRequest[] {
  return releases.filter(isAsked).map(({ name, namespace, chart, values }) => ({
    id: `${definition.name}/${name}`,
    chart: join(root, 'charts', chart.name),
    release: name,
    namespace,
    values: printYaml(values),
    kubeVersion: definition.kubernetesVersion,
  }))
}
