import type { JsonObject } from '../../json.ts'
import { entriesAt } from '../../read-value.ts'
import type { DataKind, DataRelease, Door } from './data-kind.ts'
import { fromSecret } from './from-secret.ts'
import {
  clustersOf,
  connectionsOf,
  poolerName,
  PORT,
  type Connection,
  type Target,
} from './postgres-connections.ts'

/** https://cloudnative-pg.io/documentation/1.30/networking: the operator asks each instance for its status. */
const STATUS_PORT = 8000
const METRICS_PORT = 9187
const POOLER_METRICS_PORT = 9127

/** A cluster of CloudNativePG: names and labels as the operator (1.30) and the chart `postgres` give them. */
export const postgres: DataKind = {
  clients: (data) => connectionsOf(data).flatMap((connection) => clientDoors(data, connection)),
  metrics: (data) =>
    clustersOf(data).flatMap((cluster) => [
      instances(data, cluster, [METRICS_PORT], ':metrics'),
      ...entriesAt(data.values, 'poolers').map(([name]) =>
        pooler(data, { cluster, name }, [POOLER_METRICS_PORT], `:metrics-${name}`),
      ),
    ]),
  operator: {
    peer: 'cloudNativePg',
    doors: (data) => clustersOf(data).map((cluster) => instances(data, cluster, [STATUS_PORT, PORT])),
  },
  reaches: () => [
    { peer: 'kubernetesApi', list: 'apiServer' },
    { peer: 'objectStore', list: 'egress' },
  ],
  values: () => ({ monitoring: { podMonitor: { enabled: true } } }),
  settings: (data) => {
    const [whole, ...others] = connectionsOf(data)
    if (whole && others.length === 0) return variablesOf('SPRING_DATASOURCE', whole)
    const shards = connectionsOf(data).map((shard, index) => variablesOf(`DATASOURCE_SHARD_${index}`, shard))
    // The chart's ConfigMap says which shard has a key.
    const map = { configMapKeyRef: { name: `${data.objects}-connection`, key: 'shards.json' } }
    return Object.assign({ DATASOURCE_SHARDS: map }, ...shards) as JsonObject
  },
}

/** The certificate's authority comes in a variable, since the driver can read it there; the host name is verified, too. */
function variablesOf(prefix: string, connection: Connection): JsonObject {
  const { readWrite, readOnly, port, database, login, authority } = connection
  const url = ({ host }: Target, ...options: string[]) =>
    `jdbc:postgresql://${host}:${port}/${database}?${[
      'sslmode=verify-full',
      'sslfactory=org.postgresql.ssl.SingleCertValidatingFactory',
      `sslfactoryarg=env:${prefix}_AUTHORITY`,
      ...options,
    ].join('&')}`
  return {
    [`${prefix}_URL`]: url(readWrite),
    [`${prefix}_READONLY_URL`]: url(readOnly, 'readOnly=true'),
    [`${prefix}_USERNAME`]: fromSecret(login, 'username'),
    [`${prefix}_PASSWORD`]: fromSecret(login, 'password'),
    [`${prefix}_AUTHORITY`]: fromSecret(authority, 'ca.crt'),
  }
}

/** One door, or two where reads go through another pooler, or past it. */
function clientDoors(data: DataRelease, { cluster, readWrite, readOnly }: Connection): Door[] {
  const door = ({ pooler: name }: Target, suffix?: string) =>
    name === undefined
      ? instances(data, cluster, [PORT], suffix)
      : pooler(data, { cluster, name }, [PORT], suffix)
  const isSame = readWrite.pooler === readOnly.pooler
  return [door(readWrite), ...(isSame ? [] : [door(readOnly, ':read-only')])]
}

function instances(data: DataRelease, cluster: string, ports: readonly number[], suffix = ''): Door {
  const podLabels = { 'cnpg.io/cluster': cluster, 'cnpg.io/podRole': 'instance' }
  return { podLabels, ports, list: 'ingress', suffix: shardSuffix(data, cluster) + suffix }
}

function pooler(
  data: DataRelease,
  { cluster, name }: { cluster: string; name: string },
  ports: readonly number[],
  suffix = '',
): Door {
  const podLabels = { 'cnpg.io/poolerName': poolerName(cluster, name) }
  return { podLabels, ports, list: 'poolers', suffix: shardSuffix(data, cluster) + suffix }
}

const shardSuffix = ({ objects }: DataRelease, cluster: string) => (cluster === objects ? '' : `:${cluster}`)
