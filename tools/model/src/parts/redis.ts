import type { ChartValues } from '@opencore/contract'
import { isList, type JsonObject } from '../json.ts'
import { entriesAt, textAt, valueAt } from '../read-value.ts'
import { deriveData } from './derive-data.ts'
import { derive, joinDerived } from './derived-values.ts'
import { tcp } from './end.ts'
import { fromSecret } from './from-secret.ts'
import { networkPeers } from './network-rule.ts'
import { bucketOf } from './object-store.ts'
import type { DataKind, Facts, Part, Users } from './part.ts'
import { makeCluster, makeReplication, makeSentinel, makeStandalone } from './redis/makes.ts'
import { useSchema } from './use-schema.ts'

/** What a service may do in a Redis, as the chart's values say it of one user: its groups of keys. */
type RedisRights = NonNullable<NonNullable<ChartValues['redis']['acl']>['users']>[string]

const PORT = 6379
/** The exporter's. */
const METRICS_PORT = 9121

/** Redis of redis-operator: names and labels as the operator (0.26) and the chart `redis` give them. */
export const redis = {
  use: useSchema<RedisRights>(),
  doors: (data) => {
    const door = { podLabels: membersOf(data), list: 'ingress' }
    return [
      { ...door, for: 'clients', ports: tcp(PORT) },
      { ...door, for: 'prometheus', ports: tcp(METRICS_PORT), suffix: ':metrics' },
    ]
  },
  calls: (data) => {
    const bucket = bucketOf(textAt(data.values, 'backup', 'bucket') ?? '')
    if (valueAt(data.values, 'backup', 'enabled') !== true || bucket === undefined) return []
    return [{ to: bucket, podLabels: membersOf(data), list: 'egress' }]
  },
  users: usersOf,
  values: (facts) =>
    joinDerived([
      deriveData(facts),
      derive(['podMonitor', 'enabled'], true, facts.part.place),
      deriveOperator(facts),
    ]),
  settings: (data, service) => ({ ...address(data), ...login(data, service), ...encryption(data) }),
  makes: {
    'redis.redis.opstreelabs.in/Redis': makeStandalone,
    'redis.redis.opstreelabs.in/RedisCluster': makeCluster,
    'redis.redis.opstreelabs.in/RedisReplication': makeReplication,
    'redis.redis.opstreelabs.in/RedisSentinel': makeSentinel,
  },
} satisfies DataKind

function deriveOperator({ platform }: Facts) {
  const { value, place } = platform('redis-operator')
  return derive(['network', 'operator', 'peers'], networkPeers(value), place)
}

/** Nobody where there are no passwords, or a file of one's own says who there is. */
function usersOf({ values }: Part): Users | undefined {
  if (valueAt(values, 'auth', 'enabled') === false || textAt(values, 'acl', 'secretName') !== undefined)
    return undefined
  const keyspaces = entriesAt(values, 'keyspaces').map(([name]) => name)
  const known = keyspaces.length > 0 ? keyspaces : [textAt(values, 'use') ?? 'cache']
  const listOf = (user: unknown) => {
    const names = valueAt(user, 'keyspaces')
    return isList(names) ? names : []
  }
  return {
    path: ['acl', 'users'],
    what: 'keyspace',
    known,
    named: (rights) =>
      listOf(rights).flatMap((name, index) =>
        typeof name === 'string' ? [{ name, path: ['keyspaces', index] }] : [],
      ),
    hasRights: (user) => listOf(user).length > 0,
    example: `keyspaces: ['${known[0] ?? ''}']`,
  }
}

/** The operator's Service in front of whoever is master, or the leaders of a cluster. */
function address({ objects, namespace, values }: Part): JsonObject {
  const mode = textAt(values, 'mode')
  if (mode === 'cluster')
    return { SPRING_DATA_REDIS_CLUSTER_NODES: `${objects}-leader.${namespace}.svc:${PORT}` }
  const host = mode === 'standalone' ? objects : `${objects}-master`
  return { SPRING_DATA_REDIS_HOST: `${host}.${namespace}.svc`, SPRING_DATA_REDIS_PORT: String(PORT) }
}

/** Its own user where the release has one of its name, else the default user. */
function login({ objects, values }: Part, service: string): JsonObject {
  if (valueAt(values, 'auth', 'enabled') === false) return {}
  const secret = textAt(values, 'auth', 'secret', 'name') ?? `${objects}-auth`
  const hasUser = entriesAt(values, 'acl', 'users').some(([user]) => user === service)
  const key = hasUser ? service : (textAt(values, 'auth', 'secret', 'key') ?? 'password')
  return {
    ...(hasUser && { SPRING_DATA_REDIS_USERNAME: service }),
    SPRING_DATA_REDIS_PASSWORD: fromSecret(secret, key),
  }
}

function encryption({ objects, values }: Part): JsonObject {
  if (valueAt(values, 'tls', 'enabled') === false) return {}
  return {
    SPRING_DATA_REDIS_SSL_ENABLED: 'true',
    SPRING_DATA_REDIS_SSL_BUNDLE: 'redis',
    SPRING_SSL_BUNDLE_PEM_REDIS_TRUSTSTORE_CERTIFICATE: fromSecret(
      textAt(values, 'tls', 'secretName') ?? `${objects}-tls`,
      'ca.crt',
    ),
  }
}

const membersOf = ({ objects }: Part) => ({ 'app.kubernetes.io/name': objects })
