import { complain, describeObject } from '../rendered-object.ts'
import type { Rule } from '../rule.ts'

/**
 * Longest name of an object for which the names that controllers derive from it still fit.
 * StatefulSet: pods carry the label `controller-revision-hash: <name>-<10 characters>` (kubernetes#64023).
 * Deployment: pods are `<name>-<10>-<5>`, and a pod's host name ends at 63 characters.
 */
const longest: Readonly<Record<string, number>> = { StatefulSet: 52, Deployment: 46 }

export const derivedNameFits: Rule = {
  id: 'DERIVED_NAME_TOO_LONG',
  reason:
    'The API server takes a long name, and then pods are never created or their host names are cut and clash.',
  check: (cluster) =>
    cluster.objectsOf(...Object.keys(longest)).flatMap((rendered) => {
      const { kind, metadata } = rendered.object
      const limit = longest[kind] ?? Infinity
      if (metadata.name.length <= limit) return []
      return complain(rendered, {
        code: derivedNameFits.id,
        found: `${describeObject(rendered.object)} has a name of ${metadata.name.length} characters`,
        wanted: `at most ${limit} characters for a ${kind}`,
        next: 'shorten the name of the release',
      })
    }),
}
