import type { ChartValues } from '@opencore/contract'
import { z } from 'zod'
import { isMap } from '../json.ts'

/** What a service may do in a Kafka cluster, as the chart's values say it of one user: its roles, and limits. */
type KafkaRights = NonNullable<ChartValues['kafka']['users']>[string]

/** What a service may do in a Redis, as the chart's values say it of one user: its groups of keys. */
type RedisRights = NonNullable<NonNullable<ChartValues['redis']['acl']>['users']>[string]

/** A release of the data layer by its name; with what the service may do there, unless the release's values say that. */
type Use<Rights> = string | ({ name: string } & Rights)

export const kafkaUseSchema = useSchema<KafkaRights>()
export const redisUseSchema = useSchema<RedisRights>()

/** What is used, and the rights there as far as the service says them. */
export interface ReadUse {
  name: string
  rights: Readonly<Record<string, unknown>>
}

/** Either form of a use in the long one. */
export function readUse(use: string | { readonly name: string } | undefined): ReadUse | undefined {
  if (use === undefined) return undefined
  if (typeof use === 'string') return { name: use, rights: {} }
  const { name, ...rights } = use
  return { name, rights }
}

// Rights are checked where they end up, by the chart's own schema; here they only have to be a map.
function useSchema<Rights>(): z.ZodType<Use<Rights>> {
  return z.custom<Use<Rights>>(
    (use) => typeof use === 'string' || (isMap(use) && typeof use['name'] === 'string'),
    { error: 'a name, or a map with `name` and what the service may do' },
  )
}
