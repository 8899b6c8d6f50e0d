import type { Finding } from '@opencore/contract'
import { readUses } from '../graph/read-part.ts'
import type { Locator } from '../locate/create-locator.ts'
import { dataKindOf } from '../parts/index.ts'
import type { Chart } from './input.ts'
import type { Definitions } from './read-definitions.ts'
import { unknownName } from './unknown-name.ts'

/**
 * The data layer and who uses it. Findings: `CHART_UNKNOWN`, `POSTGRES_UNKNOWN`, `KAFKA_UNKNOWN`, `REDIS_UNKNOWN`,
 * `DATA_NAMESPACE`, `POSTGRES_SHARED`.
 */
export function checkData(
  { data, services }: Definitions,
  charts: readonly Chart[],
  locate: Locator,
): Finding[] {
  const names = charts.map(({ name }) => name)
  const withoutChart = data.filter(({ value }) => !names.includes(value.chart))
  const owners = new Map<string, string>()
  return [
    ...withoutChart.map(({ value, place }) =>
      unknownName('chart', value.chart, names, locate({ ...place, path: ['chart'] })),
    ),
    ...services.flatMap((service) =>
      readUses(service).flatMap(({ kind, to, place }): Finding[] => {
        const known = dataKindOf(kind)
        if (!known) return []
        const at = locate(place)
        const used = data.find(({ value }) => value.name === to && value.chart === kind)
        if (!used) return [unknownName(kind, to, namesOf(data, kind), at)]
        const owner = owners.get(to)
        const { name, namespace } = service.value
        if (known.ownedByOne) owners.set(to, owner ?? name)
        return [
          ...(used.value.namespace === namespace
            ? []
            : [otherNamespace(to, used.value.namespace, namespace, at)]),
          ...(owner === undefined ? [] : [sharedData(kind, to, owner, at)]),
        ]
      }),
    ),
  ]
}

function namesOf(data: Definitions['data'], chart: string): string[] {
  return data.filter(({ value }) => value.chart === chart).map(({ value }) => value.name)
}

function otherNamespace(name: string, found: string, wanted: string, at: Finding['at']): Finding {
  return {
    code: 'DATA_NAMESPACE',
    severity: 'error',
    at,
    found: `\`${name}\` is in the namespace ${found}`,
    wanted: `it in ${wanted}, where the service is: a Secret with its password cannot be used from another namespace`,
    next: 'move the definition to the namespace of its users, or give this service one of its own',
  }
}

/** Two services with one role could change each other's tables. */
function sharedData(kind: string, name: string, owner: string, at: Finding['at']): Finding {
  return {
    code: `${kind.toUpperCase()}_SHARED`,
    severity: 'error',
    at,
    found: `\`${name}\` is the database of \`${owner}\``,
    wanted: 'a database for each service: both would log in as one role',
    next: `define another in environments/data/, or use \`${owner}\` as a service`,
  }
}
