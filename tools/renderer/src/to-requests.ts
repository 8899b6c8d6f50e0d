import { readFileSync } from 'node:fs'
import path from 'node:path'
import type { DiskRelease } from './disk-release.ts'
import type { RenderRequest } from './render-request.ts'

/** What to ask the renderer for releases read from a workspace root: `<environment>/<release>` each. */
export function toRequests(root: string, releases: readonly DiskRelease[]): RenderRequest[] {
  return releases.map(({ environment, release, chart, namespace, kubeVersion, valuesFile }) => ({
    id: `${environment}/${release}`,
    chart: path.join(root, 'charts', chart),
    release,
    namespace,
    kubeVersion,
    values: readFileSync(path.join(root, valuesFile), 'utf8'),
  }))
}
