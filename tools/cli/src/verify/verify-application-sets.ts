import type { Finding } from '@opencore/contract'
import {
  compareApplications,
  expandApplicationSet,
  type KubernetesObject,
  type RenderedObject,
} from '@opencore/verify'

/**
 * Compare what ApplicationSets expand to with the Applications that the real controller made of them.
 * `applicationSets` are the files as Argo CD read them; `made` are all Applications of the hub.
 */
export function verifyApplicationSets(
  applicationSets: readonly RenderedObject[],
  made: readonly (KubernetesObject & { metadata: { ownerReferences?: { name: string }[] } })[],
): Finding[] {
  return applicationSets.flatMap(({ object, file = '' }) => {
    const expanded = expandApplicationSet(object, file)
    if (!expanded.ok) return expanded.findings
    const owned = made.filter(({ metadata }) =>
      metadata.ownerReferences?.some(({ name }) => name === object.metadata.name),
    )
    return compareApplications(expanded.value, owned, file)
  })
}
