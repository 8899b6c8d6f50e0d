import { entriesAt, numberAt, textAt, valueAt } from '../../read-value.ts'
import type { DataKind, DataRelease, Door } from './data-kind.ts'
import { fromSecret } from './from-secret.ts'

const PORT = 5432
/** https://cloudnative-pg.io/documentation/1.30/networking: the operator asks each instance for its status. */
const STATUS_PORT = 8000
const METRICS_PORT = 9187
const POOLER_METRICS_PORT = 9127

/** A cluster of CloudNativePG: names and labels as the operator (1.30) and the chart `postgres` give them. */
export const postgres: DataKind = {
  clients: (data) => clustersOf(data).flatMap((cluster) => clientDoor(data, cluster)),
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
    const clusters = clustersOf(data)
    const [cluster = data.objects] = clusters
    // The chart's ConfigMap says which shard has a key.
    if (clusters.length > 1)
      return {
        DATASOURCE_SHARDS: { configMapKeyRef: { name: `${data.objects}-connection`, key: 'shards.json' } },
      }
    const login = textAt(data.values, 'bootstrap', 'initdb', 'secret', 'name') ?? `${cluster}-app`
    const issuer = entriesAt(data.values, 'certificates', 'issuerRef')
    const authority = issuer.length > 0 ? `${cluster}-server-tls` : `${cluster}-ca`
    return {
      SPRING_DATASOURCE_URL: url(data, cluster),
      SPRING_DATASOURCE_USERNAME: fromSecret(login, 'username'),
      SPRING_DATASOURCE_PASSWORD: fromSecret(login, 'password'),
      [AUTHORITY]: fromSecret(authority, 'ca.crt'),
    }
  },
}

const AUTHORITY = 'SPRING_DATASOURCE_AUTHORITY'

/** The certificate's authority comes in a variable, since the driver can read it there; the host name is verified, too. */
function url(data: DataRelease, cluster: string): string {
  const rw = readWritePooler(data)
  const service = rw === undefined ? `${cluster}-rw` : poolerName(cluster, rw)
  const database = textAt(data.values, 'bootstrap', 'initdb', 'database') ?? 'app'
  const options = [
    'sslmode=verify-full',
    'sslfactory=org.postgresql.ssl.SingleCertValidatingFactory',
    `sslfactoryarg=env:${AUTHORITY}`,
  ]
  return `jdbc:postgresql://${service}.${data.namespace}.svc:${PORT}/${database}?${options.join('&')}`
}

function clientDoor(data: DataRelease, cluster: string): Door {
  const name = readWritePooler(data)
  return name === undefined ? instances(data, cluster, [PORT]) : pooler(data, { cluster, name }, [PORT])
}

/** One cluster, or one for each shard. */
function clustersOf({ objects, values }: DataRelease): string[] {
  const count = numberAt(values, 'shards', 'count') ?? 1
  return count > 1 ? Array.from({ length: count }, (_, shard) => `${objects}-s${shard}`) : [objects]
}

function readWritePooler({ values }: DataRelease): string | undefined {
  return entriesAt(values, 'poolers').findLast(([, pooler]) => valueAt(pooler, 'type') === 'rw')?.[0]
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
const poolerName = (cluster: string, name: string) => `${cluster}-pooler-${name}`
