import { describeSecret, findSecrets, groupBy, listNotSecret, type PlainSecret } from '@opencore/contract'
import { complain, describeObject } from '../rendered-object.ts'
import type { Rule } from '../rule.ts'

export const secretNotInPlain: Rule = {
  id: 'SECRET_IN_PLAIN',
  reason:
    'Whoever may read the repository, a pod or a ConfigMap reads a secret that stands there in plain; Secrets alone are kept from them.',
  check: (cluster) =>
    [...groupBy(cluster.objects, ({ release }) => release).values()].flatMap((release) => {
      const exempt = new Set(release.flatMap(({ object }) => listNotSecret(object)))
      return release.flatMap((rendered) =>
        findSecrets(rendered.object, exempt).map((secret) =>
          complain(
            rendered,
            describeSecret(secret, `${formatPath(secret.path)} of ${describeObject(rendered.object)}`),
          ),
        ),
      )
    }),
}

/** `spec.containers[0].env[1].value`, as other rules say it. */
const formatPath = (path: PlainSecret['path']) =>
  path
    .map((step) => (typeof step === 'number' ? `[${step}]` : /^\w+$/.test(step) ? `.${step}` : `["${step}"]`))
    .join('')
    .replace(/^\./, '')
