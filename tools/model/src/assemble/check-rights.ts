import type { Finding } from '@opencore/contract'
import type { Locator } from '../locate/create-locator.ts'
import { partKindOf } from '../parts/index.ts'
import type { Part, Use } from '../parts/part.ts'
import { valueAt } from '../read-value.ts'
import { unknownName } from './unknown-name.ts'

/**
 * What services may do in the data that they use, in one environment. Findings: `TOPIC_UNKNOWN` and `KEYSPACE_UNKNOWN`
 * for rights to what the release does not have, `KAFKA_RIGHTS` and `REDIS_RIGHTS` where there are none at all.
 */
export function checkRights(parts: readonly Part[], locate: Locator): Finding[] {
  return parts.flatMap((client) =>
    client.uses.flatMap((use) => {
      const used = parts.find(({ name, kind }) => name === use.to && kind === use.kind)
      return used ? checkUse(client, use, used, locate) : []
    }),
  )
}

function checkUse(client: Part, { kind, to, rights, place }: Use, used: Part, locate: Locator): Finding[] {
  const users = partKindOf(kind).users?.(used)
  if (!users) return []
  const held = valueAt(used.values, ...users.path, client.name)
  if (!users.hasRights(held))
    return [
      {
        code: `${kind.toUpperCase()}_RIGHTS`,
        severity: 'error',
        at: locate(place),
        found: `\`${client.name}\` may do nothing in \`${to}\``,
        wanted: `what it may touch there, and nothing else`,
        next: `say it: \`${kind}: { name: '${to}', ${users.example} }\``,
      },
    ]
  const { known } = users
  if (!known) return []
  return users
    .named(rights)
    .filter(({ name }) => !known.includes(name))
    .map(({ name, path }) =>
      unknownName(
        users.what,
        name,
        known,
        locate({ ...place, path: [...place.path, ...path] }),
        `add it to \`${users.what}s\` in the definition of \`${to}\`, or correct the name`,
      ),
    )
}
