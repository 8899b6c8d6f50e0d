import { asList, asText, read } from '../read.ts'
import { complain, describeObject } from '../rendered-object.ts'
import type { Rule } from '../rule.ts'

export const controlsRefuse: Rule = {
  id: 'CONTROL_ONLY_WARNS',
  reason: 'A control that only warns lets in what it finds, and nobody reads warnings of a controller.',
  check: (cluster) =>
    cluster
      .objectsOf('ValidatingAdmissionPolicyBinding')
      .filter(
        ({ object }) =>
          cluster.tier === 'production' &&
          asText(read(object.metadata.labels, 'opencore.dev/control')) !== undefined &&
          !asList(read(object, 'spec', 'validationActions')).includes('Deny'),
      )
      .map((rendered) =>
        complain(rendered, {
          code: controlsRefuse.id,
          found: `${describeObject(rendered.object)} only warns in ${listNamespaces(rendered.object).join(', ')}`,
          wanted: 'controls that refuse, in production',
          next: 'take `controls: warn` out of these namespaces, and mend what the control finds',
        }),
      ),
}

function listNamespaces(object: unknown): string[] {
  const selector = read(object, 'spec', 'matchResources', 'namespaceSelector', 'matchExpressions')
  return asList(selector).flatMap((expression) =>
    asList(read(expression, 'values')).flatMap((name) => asText(name) ?? []),
  )
}
