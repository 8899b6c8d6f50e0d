import { entriesAt, numberAt, valueAt } from '../../read-value.ts'
import type { Labels } from '../end.ts'
import type { Manifest } from '../made.ts'

/** Pods of one role: their StatefulSet, and what the resource says of that role. */
export interface RedisSet {
  /** Name of the StatefulSet, which is also the container's and, before the pod's name, that of its claims. */
  name: string
  setup: 'standalone' | 'replication' | 'cluster' | 'sentinel'
  role: string
  replicas: number
  /** Where the resource says where pods of the role run: `spec`, or `spec.redisLeader`. */
  placement: unknown
  resources: unknown
  securityContext: unknown
  /** Sentinels keep nothing. */
  keeps: boolean
  /** ConfigMap with more of the configuration. */
  configuration?: string
  /** The one Service of sentinels inside a replication. */
  onlyService?: string
}

/** What tells the pods of a set from all others: internal/k8sutils/labels.go, getRedisStableLabels. */
export function stableLabels({ name, setup, role }: RedisSet): Labels {
  return { app: name, redis_setup_type: setup, role }
}

/** The same with the labels of the resource: getRedisLabels. */
export function labelsOf(owner: Manifest, set: RedisSet): Labels {
  return { ...(Object.fromEntries(entriesAt(owner.metadata.labels)) as Labels), ...stableLabels(set) }
}

/** Where the servers or sentinels of a set answer. */
export function portOf({ role }: RedisSet): number {
  return role === 'sentinel' ? 26379 : 6379
}

/** Where the exporter of a resource answers; nothing where it has none. */
export function exporterPortOf(owner: Manifest): number | undefined {
  const exporter = valueAt(owner, 'spec', 'redisExporter')
  return valueAt(exporter, 'enabled') === true ? (numberAt(exporter, 'port') ?? 9121) : undefined
}
