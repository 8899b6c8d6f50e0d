import type { Environment } from '../define/environment.ts'
import type { Service } from '../define/service.ts'
import type { Definition } from '../assemble/read-definition.ts'
import { formatPath } from '../format-path.ts'
import type { DerivedValues } from './derived-values.ts'
import { deriveDns } from './derive-dns.ts'

/** The values of the foundation that follow from the model: a namespace for every service and everything of the data layer, and where names are looked up. */
export function deriveFoundationValues(
  owners: readonly Definition<Pick<Service, 'namespace'>>[],
  environment: Definition<Environment>,
): DerivedValues {
  const dns = deriveDns(environment, ['dns'])
  const first = new Map(owners.toReversed().map(({ value, place }) => [value.namespace, place]))
  const namespaces = [...first].sort(([a], [b]) => (a < b ? -1 : 1))
  return {
    values: { namespaces: Object.fromEntries(namespaces.map(([name]) => [name, {}])), ...dns.values },
    places: new Map([
      ...namespaces.map(
        ([name, place]) => [formatPath(['namespaces', name]), { ...place, path: ['namespace'] }] as const,
      ),
      ...dns.places,
    ]),
  }
}
