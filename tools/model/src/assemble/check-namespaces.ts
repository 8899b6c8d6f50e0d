import type { Finding } from '@opencore/contract'
import type { Locator } from '../locate/create-locator.ts'
import type { Definitions } from './read-definitions.ts'
import { unknownName } from './unknown-name.ts'

/**
 * Namespaces that nobody decided for (NAMESPACE_UNKNOWN): whatever a definition names would be made, with quotas and rules of
 * its own, so that a typo would be a namespace.
 */
export function checkNamespaces({ data, defaults, services }: Definitions, locate: Locator): Finding[] {
  const known = defaults.value.namespaces
  return [...services, ...data]
    .filter(({ value }) => !known.includes(value.namespace))
    .map(({ value, place }) =>
      unknownName(
        'namespace',
        value.namespace,
        known,
        locate({ ...place, path: ['namespace'] }),
        `correct it, or let those who own ${defaults.place.file} add it to its \`namespaces\``,
      ),
    )
}
