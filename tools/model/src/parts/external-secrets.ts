import { entriesAt, itemsAt, textAt } from '../read-value.ts'
import { secret } from './made.ts'
import type { PartKind } from './part.ts'

/** External Secrets 2.9 writes one Secret: `spec.target.name`, else the name of the ExternalSecret. */
export const externalSecrets: Pick<PartKind, 'makes'> = {
  makes: {
    'external-secrets.io/ExternalSecret': (external) => {
      const { name, namespace = 'default' } = external.metadata
      const templated = entriesAt(external, 'spec', 'target', 'template', 'data').map(([key]) => key)
      const keys = itemsAt(external, 'spec', 'data').flatMap((each) => textAt(each, 'secretKey') ?? [])
      const target = textAt(external, 'spec', 'target', 'name') ?? name
      return [secret(target, { namespace, labels: {} }, templated.length > 0 ? templated : keys)]
    },
  },
}
