import type { DeliveredRelease } from './read-environment.ts'
import { recordRelease, type RenderedRelease } from './release-folder.ts'
import type { ReleaseRecord } from './release-record.ts'

/** Whether a release on a ref is what was rendered now, from whatever commit it was then, and nobody changed it by hand. */
export function isSameRelease(before: DeliveredRelease | undefined, rendered: RenderedRelease): boolean {
  if (before?.record === undefined || before.drift !== undefined) return false
  return fingerprint(before.record) === fingerprint(recordRelease(rendered))
}

function fingerprint({
  release,
  namespace,
  chart,
  chartVersion,
  kubernetesVersion,
  digests,
}: ReleaseRecord): string {
  const { values, manifests } = digests
  return JSON.stringify([
    release,
    namespace,
    chart,
    chartVersion,
    kubernetesVersion,
    digests.chart,
    values,
    manifests,
  ])
}
