import * as z from 'zod'
import type { JsonObject } from '../json.ts'
import { entriesAt, textAt } from '../read-value.ts'
import { CLOUD_IDENTITY } from './cloud-identity.ts'
import { deriveData } from './derive-data.ts'
import { derive, joinDerived } from './derived-values.ts'
import { tcp, type Labels } from './end.ts'
import { fromSecret } from './from-secret.ts'
import { isIssued, LOGIN_SECRET } from './issued.ts'
import { API_SERVER } from './network-enforcer.ts'
import type { DataKind, Door, Inside, Part } from './part.ts'
import { folderOf } from './settings.ts'
import { deriveStore, vaultChart } from './vault.ts'
import { listArchives } from './postgres/list-archives.ts'
import { makeArchiverRoles } from './postgres/make-archiver-role.ts'
import { makeCluster } from './postgres/make-cluster.ts'
import { makePooler } from './postgres/make-pooler.ts'
import { publishedByPostgres } from './postgres/published.ts'
import { bucketsOf, inheritsRole } from './postgres/object-stores.ts'
import {
  clustersOf,
  connectionsOf,
  poolerName,
  PORT,
  type Connection,
  type Target,
} from './postgres/connections.ts'

/** https://cloudnative-pg.io/documentation/1.30/networking: the operator asks each instance for its status. */
const STATUS_PORT = 8000
const METRICS_PORT = 9187
const POOLER_METRICS_PORT = 9127

/** A cluster of CloudNativePG: names and labels as the operator (1.30) and the chart `postgres` give them. */
export const postgres = {
  // Two services with one role could change each other's tables.
  use: z.string(),
  ownedByOne: true,
  look: { shape: 'cylinder', fill: '#fdf1dc' },
  first: {
    flag: '--database',
    takes: '<name>',
    what: 'name of its first database, and of the role that owns it',
    values: ([database = '']) => ({ bootstrap: { initdb: { database, owner: database } } }),
    example: 'fees-db --about "Price lists." --database fees',
  },
  doors: (data) => [
    ...connectionsOf(data).flatMap((connection) => clientDoors(data, connection)),
    ...clustersOf(data).flatMap((cluster) => [
      instances(data, { for: 'cloud-native-pg', cluster, ports: [STATUS_PORT, PORT] }),
      instances(data, { for: 'prometheus', cluster, ports: [METRICS_PORT], suffix: ':metrics' }),
      // It sets passwords, past any pooler.
      instances(data, { for: vaultChart, cluster, ports: [PORT] }),
      ...entriesAt(data.values, 'poolers').map(([name]) => {
        const ports = [POOLER_METRICS_PORT]
        return pooler(data, { for: 'prometheus', cluster, name, ports, suffix: `:metrics-${name}` })
      }),
    ]),
  ],
  calls: (data) => {
    const [podLabels = {}, ...also] = clustersOf(data).map((cluster) => ({ 'cnpg.io/cluster': cluster }))
    const [first = {}, ...others] = clustersOf(data).flatMap(archiversOf)
    const archivers = { podLabels: first, also: others }
    return [
      // The manager in each instance, job and pooler reads its Cluster or Pooler, and Secrets (cloudnative-pg 1.30.0,
      // internal/cmd/manager/{instance,pgbouncer}).
      { to: API_SERVER, podLabels, also, list: 'apiServer' },
      ...bucketsOf(data).map((to) => ({ to, ...archivers, list: 'egress' })),
      ...(inheritsRole(data)
        ? [
            {
              to: CLOUD_IDENTITY,
              ...archivers,
              list: 'identity',
              account: ['serviceAccount', 'annotations'],
            },
          ]
        : []),
    ]
  },
  inside: (data) =>
    clustersOf(data).flatMap((cluster) =>
      clustersOf(data).map((other): Inside => ({
        suffix: `:inside:${cluster}:${other}`,
        // Instances, the jobs that make them, and poolers.
        from: { 'cnpg.io/cluster': cluster },
        to: { 'cnpg.io/cluster': other, 'cnpg.io/podRole': 'instance' },
        ports: tcp(PORT, STATUS_PORT),
      })),
    ),
  values: (facts) =>
    joinDerived([
      deriveData(facts),
      derive(['monitoring', 'podMonitor', 'enabled'], true, facts.part.place),
      deriveStore(facts),
    ]),
  keeps: (data) => (textAt(data.values, 'passwordRotation', 'role') === undefined ? undefined : data.place),
  settings: (data, client) => {
    const [whole, ...others] = connectionsOf(data)
    if (whole && others.length === 0) {
      const { login, authority } = whole
      const keys = { username: 'username', password: 'password' }
      return {
        env: addressesOf('SPRING_DATASOURCE', whole, AUTHORITY),
        files: { [AUTHORITY]: authorityFile(authority) },
        properties: {
          'spring.datasource': {
            secretName: isIssued(data, client) ? `${client.objects}-${LOGIN_SECRET}` : login,
            keys,
          },
        },
      }
    }
    // The chart's ConfigMap says which shard has a key.
    const map = { configMapKeyRef: { name: `${data.objects}-connection`, key: 'shards.json' } }
    const shards = connectionsOf(data)
    const env = shards.map((shard, index) => shardVariables(`DATASOURCE_SHARD_${index}`, shard, index))
    return {
      env: Object.assign({ DATASOURCE_SHARDS: map }, ...env) as JsonObject,
      files: Object.fromEntries(
        shards.map(({ authority }, index) => [`${AUTHORITY}-${index}`, authorityFile(authority)]),
      ),
    }
  },
  publishes: publishedByPostgres,
  alertLabels: ['monitoring', 'rules', 'alertLabels'],
  takesWrites: (values) => {
    const self = textAt(values, 'regions', 'self')
    return self === undefined ? undefined : self === textAt(values, 'regions', 'primary')
  },
  makes: {
    'postgresql.cnpg.io/Cluster': makeCluster,
    'postgresql.cnpg.io/Pooler': makePooler,
    'barmancloud.cnpg.io/ObjectStore': makeArchiverRoles,
  },
  reads: ['postgresql.cnpg.io/DatabaseRole'],
  podIdentity: ['cnpg.io/instanceName'],
  archives: { 'postgresql.cnpg.io/Cluster': listArchives },
  access: {
    'postgresql.cnpg.io/DatabaseRole': 'whole',
    'postgresql.cnpg.io/Cluster': 'spec.managed.roles',
  },
} satisfies DataKind

/** The folder with the authority that verifies the servers; of a shard, its number follows. */
const AUTHORITY = 'postgres-authority'

/** The operator keeps the authority's private key beside its certificate (CloudNativePG 1.30, `<cluster>-ca`). */
const authorityFile = (secretName: string) => ({ secretName, keys: ['ca.crt'] })

/**
 * The driver reads the authority's file for each connection, and verifies the host's name. A server that is gone, as after
 * a failover, answers nothing: 5 seconds to connect, 10 to log in, and 60 without an answer to a statement end a wait that
 * the driver would not end (https://jdbc.postgresql.org/documentation/use/). A statement that takes longer, such as a
 * migration's, wants an address of its own.
 */
function addressesOf(prefix: string, connection: Connection, authority: string): JsonObject {
  const { readWrite, readOnly, port, database } = connection
  const url = ({ host }: Target, ...options: string[]) =>
    `jdbc:postgresql://${host}:${port}/${database}?${[
      'sslmode=verify-full',
      `sslrootcert=${folderOf(authority)}/ca.crt`,
      'connectTimeout=5',
      'loginTimeout=10',
      'socketTimeout=60',
      'tcpKeepAlive=true',
      ...options,
    ].join('&')}`
  return {
    [`${prefix}_URL`]: url(readWrite),
    [`${prefix}_READONLY_URL`]: url(readOnly, 'readOnly=true'),
  }
}

/** Shards are no list of properties that Spring knows, so that their logins stay variables. */
function shardVariables(prefix: string, connection: Connection, index: number): JsonObject {
  return {
    ...addressesOf(prefix, connection, `${AUTHORITY}-${index}`),
    [`${prefix}_USERNAME`]: fromSecret(connection.login, 'username'),
    [`${prefix}_PASSWORD`]: fromSecret(connection.login, 'password'),
  }
}

/** Pods that read and write a cluster's archive: instances, and the jobs that make them (cloudnative-pg 1.30.0, pkg/specs/jobs.go). */
function archiversOf(cluster: string): Labels[] {
  const jobs = ['initdb', 'import', 'join', 'snapshot-recovery', 'full-recovery', 'pgbasebackup']
  return [
    { 'cnpg.io/cluster': cluster, 'cnpg.io/podRole': 'instance' },
    ...jobs.map((role) => ({ 'cnpg.io/cluster': cluster, 'cnpg.io/jobRole': role })),
  ]
}

/** One door, or two where reads go through another pooler, or past it. */
function clientDoors(data: Part, { cluster, readWrite, readOnly }: Connection): Door[] {
  const ports = [PORT]
  const door = ({ pooler: name }: Target, suffix = '') =>
    name === undefined
      ? instances(data, { for: 'clients', cluster, ports, suffix })
      : pooler(data, { for: 'clients', cluster, name, ports, suffix })
  const isSame = readWrite.pooler === readOnly.pooler
  return [door(readWrite), ...(isSame ? [] : [door(readOnly, ':read-only')])]
}

/** A door of one cluster, whose shard ends the id of the flow. */
interface ClusterDoor {
  for: Door['for']
  cluster: string
  ports: readonly number[]
  suffix?: string
}

function instances(data: Part, { for: whom, cluster, ports, suffix = '' }: ClusterDoor): Door {
  const podLabels = { 'cnpg.io/cluster': cluster, 'cnpg.io/podRole': 'instance' }
  const id = shardSuffix(data, cluster) + suffix
  return { for: whom, podLabels, ports: tcp(...ports), list: 'ingress', suffix: id }
}

function pooler(
  data: Part,
  { for: whom, cluster, name, ports, suffix = '' }: ClusterDoor & { name: string },
): Door {
  const podLabels = { 'cnpg.io/poolerName': poolerName(cluster, name) }
  const id = shardSuffix(data, cluster) + suffix
  return { for: whom, podLabels, ports: tcp(...ports), list: 'poolers', suffix: id }
}

const shardSuffix = ({ objects }: Part, cluster: string) => (cluster === objects ? '' : `:${cluster}`)
