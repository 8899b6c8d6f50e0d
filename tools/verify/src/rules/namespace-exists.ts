import { groupBy } from '@opencore/contract'
import { complain, describeObject } from '../rendered-object.ts'
import type { Rule } from '../rule.ts'

export const namespaceExists: Rule = {
  id: 'NAMESPACE_MISSING',
  reason:
    'An object whose namespace nobody creates never syncs; namespaces come from the foundation release alone.',
  check: (cluster) => {
    const groups = groupBy(
      cluster.objects,
      ({ release, object }) => `${release} ${object.metadata.namespace ?? ''}`,
    )
    const brought = new Set(cluster.peers.flatMap((peer) => ('cidr' in peer ? [] : peer.namespace)))
    // Once for a release: its objects mostly share the namespace, and the mistake.
    return [...groups.values()].flatMap(([first, ...others]) => {
      const namespace = first?.object.metadata.namespace
      if (first === undefined || namespace === undefined) return []
      if (cluster.exists('Namespace', undefined, namespace) || brought.has(namespace)) return []
      const more = others.length > 0 ? ` (and ${others.length} more objects)` : ''
      return complain(first, {
        code: namespaceExists.id,
        found: `${describeObject(first.object)}${more} lives in namespace ${namespace}, which nothing creates`,
        wanted: 'a namespace of the foundation release, or of a part of the platform',
        next: `add ${namespace} to the namespaces of foundation, or correct the namespace of the release`,
      })
    })
  },
}
