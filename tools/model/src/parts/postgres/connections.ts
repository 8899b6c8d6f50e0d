import { entriesAt, isListed, numberAt, textAt, valueAt } from '../../read-value.ts'
import type { Part } from '../part.ts'

/** Where PostgreSQL and PgBouncer listen. */
export const PORT = 5432

/** How a client reaches a database: the whole of it, or one shard. Passwords and certificates are in Secrets. */
export interface Connection {
  /** The cluster of CloudNativePG, which all names of its objects begin with. */
  cluster: string
  /** The primary. */
  readWrite: Target
  /** Standbys, which are a moment behind; the primary where there are none. */
  readOnly: Target
  port: number
  database: string
  /** Secret with `username` and `password` of the role that owns the database. */
  login: string
  /** Secret whose `ca.crt` verifies the servers. */
  authority: string
}

/** What answers to a host: instances of the cluster, or a pooler in front of them. */
export interface Target {
  host: string
  pooler?: string
}

/** One connection, or one for each shard, in the order of the shards. */
export function connectionsOf(data: Part): Connection[] {
  const { values } = data
  const ownIssuer = entriesAt(values, 'certificates', 'issuerRef').length > 0
  return clustersOf(data).map((cluster) => {
    const readWrite = targetOf(data, cluster, 'rw')
    return {
      cluster,
      readWrite,
      readOnly: hasStandbys(data) ? targetOf(data, cluster, 'ro') : readWrite,
      port: PORT,
      database: textAt(values, 'bootstrap', 'initdb', 'database') ?? 'app',
      login: textAt(values, 'bootstrap', 'initdb', 'secret', 'name') ?? `${cluster}-app`,
      authority: `${cluster}-${ownIssuer ? 'server-tls' : 'ca'}`,
    }
  })
}

/** One cluster, or one for each shard. */
export function clustersOf({ objects, values }: Part): string[] {
  const count = numberAt(values, 'shards', 'count') ?? 1
  return count > 1 ? Array.from({ length: count }, (_, shard) => `${objects}-s${shard}`) : [objects]
}

/** The name of a pooler, of its Service and in the labels of its pods. */
export const poolerName = (cluster: string, name: string) => `${cluster}-pooler-${name}`

/** Through a pooler where there is one of that type. */
function targetOf({ namespace, values }: Part, cluster: string, type: 'rw' | 'ro'): Target {
  const pooler = poolerOf(values, type)
  const service = pooler === undefined ? `${cluster}-${type}` : poolerName(cluster, pooler)
  return { host: `${service}.${namespace}.svc`, ...(pooler !== undefined && { pooler }) }
}

/** Nobody answers to `-ro` where the primary is alone, or the Service is switched off. */
function hasStandbys({ values }: Part): boolean {
  const isOpen = !isListed(values, 'ro', 'services', 'disabled') || poolerOf(values, 'ro') !== undefined
  return isOpen && numberAt(values, 'instances') !== 1
}

/** The last by name, as in the chart's own ConfigMap. */
function poolerOf(values: Part['values'], type: 'rw' | 'ro'): string | undefined {
  return entriesAt(values, 'poolers').findLast(([, pooler]) => valueAt(pooler, 'type') === type)?.[0]
}
