import type { ChartValues } from '@opencore/contract'
import type { JsonObject } from '../json.ts'
import { entriesAt, itemsAt, textAt, valueAt } from '../read-value.ts'
import { CLOUD_IDENTITY } from './cloud-identity.ts'
import { deriveData } from './derive-data.ts'
import { derive, joinDerived, nothing, type DerivedValues } from './derived-values.ts'
import { tcp } from './end.ts'
import { networkPeers } from './network-rule.ts'
import { bucketOf } from './object-store.ts'
import type { DataKind, Facts, Inside, Part, Users } from './part.ts'
import { makeCluster, makeReplication, makeSentinel, makeStandalone } from './redis/makes.ts'
import { fileUrl, type Settings } from './settings.ts'
import { useSchema } from './use-schema.ts'
import { deriveStore, secretFolderOf, vaultInUse } from './vault.ts'

/** What a service may do in a Redis, as the chart's values say it of one user: its groups of keys. */
type RedisRights = NonNullable<NonNullable<ChartValues['redis']['acl']>['users']>[string]

const PORT = 6379
/** Where members of a cluster talk among themselves: 10000 above. */
const BUS_PORT = 16379
const SENTINEL_PORT = 26379
/** The exporter's. */
const METRICS_PORT = 9121

/** Redis of redis-operator: names and labels as the operator (0.26) and the chart `redis` give them. */
export const redis = {
  use: useSchema<RedisRights>(),
  look: { shape: 'cylinder', fill: '#fbe6e6' },
  first: {
    flag: '--use',
    takes: '<use>',
    what: 'what it is for, such as cache or session: eviction, persistence and copies follow',
    values: ([use = '']) => ({ use }),
    example: 'sessions --about "Who is logged in." --use session',
  },
  used: { what: 'keyspace', rights: { uses: (keyspaces) => ({ keyspaces: [...keyspaces] }) } },
  doors: (data) => {
    const door = { podLabels: membersOf(data), list: 'ingress' }
    return [
      { ...door, for: 'clients', ports: tcp(PORT), receivers: [serversOf(data)] },
      { ...door, for: 'prometheus', ports: tcp(METRICS_PORT), suffix: ':metrics' },
      // The operator asks every member for its role; the chart opens it with `network.operator`.
      ...rolesOf(data).map(({ role, podLabels, ports }) => ({
        for: 'redis-operator' as const,
        podLabels,
        ports,
        ...(role !== 'servers' && { suffix: `:${role}` }),
      })),
    ]
  },
  calls: (data) => {
    const bucket = bucketOf(textAt(data.values, 'backup', 'bucket') ?? '')
    if (valueAt(data.values, 'backup', 'enabled') !== true || bucket === undefined) return []
    const isRestored = textAt(data.values, 'restore', 'from') !== undefined
    const call = { podLabels: backupOf(data), also: isRestored ? [serversOf(data)] : [], list: 'egress' }
    // Without a Secret the role of its account opens the storage.
    const isInherited = textAt(data.values, 'backup', 'secretName') === undefined
    return [
      { ...call, to: bucket },
      ...(isInherited ? [{ ...call, to: CLOUD_IDENTITY, account: ['serviceAccount', 'annotations'] }] : []),
    ]
  },
  inside: insideOf,
  alertLabels: ['prometheusRule', 'alertLabels'],
  keeps: (data) => (keepsPasswords(data) ? data.place : undefined),
  users: usersOf,
  values: (facts) =>
    joinDerived([
      deriveData(facts),
      derive(['podMonitor', 'enabled'], true, facts.part.place),
      deriveOperator(facts),
      deriveStore(facts),
      derivePasswords(facts),
    ]),
  settings: (data, { name: service }) => {
    const { env, properties } = login(data, service)
    const tls = valueAt(data.values, 'tls', 'enabled') !== false
    return {
      env: { ...address(data), ...env, ...keysOf(data, service), ...(tls && encryption) },
      ...(tls && {
        // The servers' private key is in the same Secret. Spring gives Lettuce the bundle once, when it makes the
        // connections (spring-boot-data-redis 4.0.0, LettuceConnectionConfiguration), whatever the bundle is told since.
        files: {
          [AUTHORITY]: {
            secretName: textAt(data.values, 'tls', 'secretName') ?? `${data.objects}-tls`,
            keys: ['ca.crt'],
            readOnce: true,
          },
        },
      }),
      ...(properties && { properties }),
    }
  },
  makes: {
    'redis.redis.opstreelabs.in/Redis': makeStandalone,
    'redis.redis.opstreelabs.in/RedisCluster': makeCluster,
    'redis.redis.opstreelabs.in/RedisReplication': makeReplication,
    'redis.redis.opstreelabs.in/RedisSentinel': makeSentinel,
  },
} satisfies DataKind

/** Passwords come from a store, unless there are none or a Secret of one's own has them. */
function keepsPasswords({ values }: Part): boolean {
  const ofOwn = [textAt(values, 'auth', 'secret', 'name'), textAt(values, 'acl', 'secretName')]
  return valueAt(values, 'auth', 'enabled') !== false && ofOwn.every((name) => name === undefined)
}

/** Where there is a vault, all users' passwords are one entry of it. */
function derivePasswords(facts: Facts): DerivedValues {
  const { part } = facts
  if (!vaultInUse(facts) || !keepsPasswords(part)) return nothing
  const store = { name: part.objects, kind: 'SecretStore' }
  return derive(
    ['auth', 'externalSecret'],
    { store, path: `${secretFolderOf(part, facts)}/users` },
    part.place,
  )
}

function deriveOperator({ platform }: Facts) {
  const { value, place } = platform('redis-operator')
  return derive(['network', 'operator', 'peers'], networkPeers(value), place)
}

/** Who listens where, as the chart's helper `redis.rolePorts` has it: servers, with the bus of a cluster, and Sentinels. */
function rolesOf(data: Part) {
  const mode = textAt(data.values, 'mode')
  const servers = tcp(PORT, ...(mode === 'cluster' ? [BUS_PORT] : []))
  const sentinels = { ...membersOf(data), [SETUP]: 'sentinel' }
  return [
    { role: 'servers', podLabels: serversOf(data), ports: servers },
    ...(mode === 'sentinel' ? [{ role: 'sentinels', podLabels: sentinels, ports: tcp(SENTINEL_PORT) }] : []),
  ]
}

/** Members ask one another, and the backup asks servers. */
function insideOf(data: Part): Inside[] {
  const members = rolesOf(data).map(({ role, podLabels, ports }) => {
    return { suffix: `:inside:${role}`, from: membersOf(data), to: podLabels, ports }
  })
  const backup = { from: backupOf(data), to: serversOf(data), ports: tcp(PORT) }
  return [...members, { suffix: ':inside:backup', ...backup }]
}

/** Nobody where there are no passwords, or a file of one's own says who there is. */
function usersOf({ values }: Part): Users | undefined {
  if (valueAt(values, 'auth', 'enabled') === false || textAt(values, 'acl', 'secretName') !== undefined)
    return undefined
  const keyspaces = entriesAt(values, 'keyspaces').map(([name]) => name)
  const known = keyspaces.length > 0 ? keyspaces : [textAt(values, 'use') ?? 'cache']
  const listOf = (user: unknown) => itemsAt(user, 'keyspaces')
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
function login({ objects, values }: Part, service: string): Settings {
  if (valueAt(values, 'auth', 'enabled') === false) return { env: {} }
  const secret = textAt(values, 'auth', 'secret', 'name') ?? `${objects}-auth`
  const hasUser = entriesAt(values, 'acl', 'users').some(([user]) => user === service)
  const key = hasUser ? service : (textAt(values, 'auth', 'secret', 'key') ?? 'password')
  return {
    env: hasUser ? { SPRING_DATA_REDIS_USERNAME: service } : {},
    properties: { 'spring.data.redis': { secretName: secret, keys: { password: key } } },
  }
}

/** The folder with the authority that verifies the servers. */
const AUTHORITY = 'redis-authority'

const encryption: JsonObject = {
  SPRING_DATA_REDIS_SSL_ENABLED: 'true',
  SPRING_DATA_REDIS_SSL_BUNDLE: 'redis',
  SPRING_SSL_BUNDLE_PEM_REDIS_RELOADONUPDATE: 'true',
  SPRING_SSL_BUNDLE_PEM_REDIS_TRUSTSTORE_CERTIFICATE: fileUrl(AUTHORITY, 'ca.crt'),
}

/**
 * Where a service's keys begin and how long they live, as the chart's ConfigMap says it of each group of keys that the
 * service is let into. Spring's cache takes the first: under keys of its own (`name::id`) the server refuses it.
 */
function keysOf({ objects, values }: Part, service: string): JsonObject {
  const use = textAt(values, 'use') ?? 'cache'
  const granted = itemsAt(values, 'acl', 'users', service, 'keyspaces')
  const [own = use] = entriesAt(values, 'keyspaces').map(([name]) => name)
  const keyspaces = granted.length > 0 ? granted.filter((name) => typeof name === 'string') : [own]
  const ask = (key: string) => ({ configMapKeyRef: { name: `${objects}-client`, key } })
  const variables = keyspaces.map((name) => `REDIS_${variableOfKeyspace(name)}`)
  const [first] = variables
  const isCache = use === 'cache' || use === 'queryCache'
  return {
    ...Object.fromEntries(
      variables.flatMap((name) => [`${name}_PREFIX`, `${name}_TTL_SECONDS`].map((key) => [key, ask(key)])),
    ),
    ...(isCache &&
      first !== undefined && {
        SPRING_CACHE_REDIS_KEYPREFIX: ask(`${first}_PREFIX`),
        // A number alone would be milliseconds.
        SPRING_CACHE_REDIS_TIMETOLIVE: `$(${first}_TTL_SECONDS)s`,
      }),
  }
}

/** As the chart's helper `redis.variable` writes it. */
function variableOfKeyspace(name: string): string {
  return name
    .replaceAll(/([a-z0-9])([A-Z])/g, '$1_$2')
    .replaceAll(/([A-Z]+)([A-Z][a-z])/g, '$1_$2')
    .replaceAll(/([A-Za-z])([0-9])/g, '$1_$2')
    .replaceAll('-', '_')
    .toUpperCase()
}

/** The operator's label that tells servers from Sentinels: internal/k8sutils/labels.go. */
const SETUP = 'redis_setup_type'

function serversOf(data: Part) {
  const mode = textAt(data.values, 'mode')
  return { ...membersOf(data), [SETUP]: mode === 'sentinel' ? 'replication' : (mode ?? '') }
}

const backupOf = ({ objects }: Part) => ({ 'app.kubernetes.io/name': `${objects}-backup` })

const membersOf = ({ objects }: Part) => ({ 'app.kubernetes.io/name': objects })
