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
