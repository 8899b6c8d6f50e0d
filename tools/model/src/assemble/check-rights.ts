import type { Finding } from '@opencore/contract'
import { dataCharts } from '../define/data.ts'
import type { Service } from '../define/service.ts'
import { readUse } from '../define/use.ts'
import { dataKinds } from '../graph/data/index.ts'
import type { DataFacts } from '../graph/derive-data-flows.ts'
import type { Locator } from '../locate/create-locator.ts'
import { valueAt } from '../read-value.ts'
import type { Definition } from './read-definition.ts'
import { unknownName } from './unknown-name.ts'

/**
 * What services may do in the data that they use, in one environment. Findings: `TOPIC_UNKNOWN` and `KEYSPACE_UNKNOWN`
 * for rights to what the release does not have, `KAFKA_RIGHTS` and `REDIS_RIGHTS` where there are none at all.
 */
export function checkRights(
  services: readonly Definition<Service>[],
  data: readonly DataFacts[],
  locate: Locator,
): Finding[] {
  return services.flatMap(({ value: service, place }) =>
    dataCharts.flatMap((chart): Finding[] => {
      const use = readUse(service.uses?.[chart])
      const used = data.find(({ definition: { value } }) => value.name === use?.name && value.chart === chart)
      const users = used && dataKinds[chart].users?.(used.release)
      if (!use || !used || !users) return []
      const at = { ...place, path: ['uses', chart] }
      const held = valueAt(used.release.values, ...users.path, service.name)
      if (!users.hasRights(held))
        return [
          {
            code: `${chart.toUpperCase()}_RIGHTS`,
            severity: 'error',
            at: locate(at),
            found: `\`${service.name}\` may do nothing in \`${use.name}\``,
            wanted: `what it may touch there, and nothing else`,
            next: `say it: \`${chart}: { name: '${use.name}', ${users.example} }\``,
          },
        ]
      const { known } = users
      if (!known) return []
      return users
        .named(use.rights)
        .filter(({ name }) => !known.includes(name))
        .map(({ name, path }) =>
          unknownName(
            users.what,
            name,
            known,
            locate({ ...at, path: [...at.path, ...path] }),
            `add it to \`${users.what}s\` in the definition of \`${use.name}\`, or correct the name`,
          ),
        )
    }),
  )
}
