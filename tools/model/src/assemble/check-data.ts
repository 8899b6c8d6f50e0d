import type { Finding } from '@opencore/contract'
import { dataCharts, type DataChart } from '../define/data.ts'
import { readUse } from '../define/use.ts'
import type { Locator } from '../locate/create-locator.ts'
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
    ...services.flatMap(({ value: service, place }) =>
      dataCharts.flatMap((chart): Finding[] => {
        const name = readUse(service.uses?.[chart])?.name
        if (name === undefined) return []
        const at = locate({ ...place, path: ['uses', chart] })
        const used = data.find(({ value }) => value.name === name && value.chart === chart)
        if (!used) return [unknownName(chart, name, namesOf(data, chart), at)]
        const owner = owners.get(name)
        if (chart === 'postgres') owners.set(name, owner ?? service.name)
        return [
          ...(used.value.namespace === service.namespace
            ? []
            : [otherNamespace(name, used.value.namespace, service.namespace, at)]),
          ...(owner === undefined ? [] : [sharedDatabase(name, owner, at)]),
        ]
      }),
    ),
  ]
}

function namesOf(data: Definitions['data'], chart: DataChart): string[] {
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
function sharedDatabase(name: string, owner: string, at: Finding['at']): Finding {
  return {
    code: 'POSTGRES_SHARED',
    severity: 'error',
    at,
    found: `\`${name}\` is the database of \`${owner}\``,
    wanted: 'a database for each service: both would log in as one role',
    next: `define another in environments/data/, or use \`${owner}\` as a service`,
  }
}
