import { isList, type JsonObject } from '../../json.ts'
import { entriesAt, textAt, valueAt } from '../../read-value.ts'
import { networkPeers } from '../network-peer.ts'
import type { DataKind, DataRelease, Users } from './data-kind.ts'
import { fromSecret } from './from-secret.ts'

const PORT = 6379
/** The exporter's. */
const METRICS_PORT = 9121

/** Redis of redis-operator: names and labels as the operator (0.26) and the chart `redis` give them. */
export const redis: DataKind = {
  clients: (data) => [{ podLabels: membersOf(data), ports: [PORT], list: 'ingress' }],
  metrics: (data) => [
    { podLabels: membersOf(data), ports: [METRICS_PORT], list: 'ingress', suffix: ':metrics' },
  ],
  reaches: ({ values }) =>
    valueAt(values, 'backup', 'enabled') === true ? [{ peer: 'objectStore', list: 'egress' }] : [],
  users: usersOf,
  values: ({ redisOperator }) => ({
    podMonitor: { enabled: true },
    network: { operator: { peers: networkPeers(redisOperator) } },
  }),
  settings: (data, service) => ({ ...address(data), ...login(data, service), ...encryption(data) }),
}

/** Nobody where there are no passwords, or a file of one's own says who there is. */
function usersOf({ values }: DataRelease): Users | undefined {
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
function address({ objects, namespace, values }: DataRelease): JsonObject {
  const mode = textAt(values, 'mode')
  if (mode === 'cluster')
    return { SPRING_DATA_REDIS_CLUSTER_NODES: `${objects}-leader.${namespace}.svc:${PORT}` }
  const host = mode === 'standalone' ? objects : `${objects}-master`
  return { SPRING_DATA_REDIS_HOST: `${host}.${namespace}.svc`, SPRING_DATA_REDIS_PORT: String(PORT) }
}

/** Its own user where the release has one of its name, else the default user. */
function login({ objects, values }: DataRelease, service: string): JsonObject {
  if (valueAt(values, 'auth', 'enabled') === false) return {}
  const secret = textAt(values, 'auth', 'secret', 'name') ?? `${objects}-auth`
  const hasUser = entriesAt(values, 'acl', 'users').some(([user]) => user === service)
  const key = hasUser ? service : (textAt(values, 'auth', 'secret', 'key') ?? 'password')
  return {
    ...(hasUser && { SPRING_DATA_REDIS_USERNAME: service }),
    SPRING_DATA_REDIS_PASSWORD: fromSecret(secret, key),
  }
}

function encryption({ objects, values }: DataRelease): JsonObject {
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

const membersOf = ({ objects }: DataRelease) => ({ 'app.kubernetes.io/name': objects })
