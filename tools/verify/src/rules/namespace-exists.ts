import { complain, describeObject } from '../rendered-object.ts'
import type { Rule } from '../rule.ts'

export const namespaceExists: Rule = {
  id: 'NAMESPACE_MISSING',
  reason:
    'An object whose namespace nobody creates never syncs; namespaces come from the foundation release alone.',
  check: (cluster) =>
    cluster.objects.flatMap((rendered) => {
      const { namespace } = rendered.object.metadata
      if (namespace === undefined || cluster.exists('Namespace', undefined, namespace)) return []
      return complain(rendered, {
        code: namespaceExists.id,
        found: `${describeObject(rendered.object)} lives in namespace ${namespace}, which nothing creates`,
        wanted: 'a namespace of the foundation release',
        next: `add ${namespace} to the namespaces of foundation, or correct the namespace of the release`,
      })
    }),
}
