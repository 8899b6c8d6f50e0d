import { numberAt, textAt, valueAt } from '../../read-value.ts'
import type { Maker, Manifest } from '../made.ts'
import { makeSet } from './make-set.ts'

const sizeOf = (owner: Manifest) => numberAt(owner, 'spec', 'clusterSize') ?? 3

/** The ConfigMap that a `redisConfig` names. */
const settingsOf = (owner: unknown, ...path: readonly string[]) => {
  const name = textAt(owner, ...path)
  return name === undefined ? {} : { configuration: name }
}

/** What every kind but a cluster says at the top of its spec. */
const common = (owner: Manifest) => ({
  ...settingsOf(owner, 'spec', 'redisConfig', 'additionalRedisConfig'),
  placement: valueAt(owner, 'spec'),
  resources: valueAt(owner, 'spec', 'kubernetesConfig', 'resources'),
  securityContext: valueAt(owner, 'spec', 'securityContext'),
})

/** A Redis by itself: internal/k8sutils/redis-standalone.go. */
export const makeStandalone: Maker = (owner) =>
  makeSet(owner, {
    ...common(owner),
    name: owner.metadata.name,
    setup: 'standalone',
    role: 'standalone',
    replicas: 1,
    keeps: true,
  })

/** internal/k8sutils/redis-replication.go, and the sentinels inside it: internal/controller/redisreplication. */
export const makeReplication: Maker = (owner) => {
  const sentinel = valueAt(owner, 'spec', 'sentinel')
  const { name } = owner.metadata
  return [
    ...makeSet(owner, {
      ...common(owner),
      name,
      setup: 'replication',
      role: 'replication',
      replicas: sizeOf(owner),
      keeps: true,
    }),
    ...(sentinel === undefined
      ? []
      : makeSet(owner, {
          placement: sentinel,
          resources: valueAt(sentinel, 'resources'),
          securityContext: valueAt(sentinel, 'securityContext'),
          onlyService: `${name}-s-hl`,
          name: `${name}-s`,
          setup: 'sentinel',
          role: 'sentinel',
          replicas: numberAt(sentinel, 'size') ?? 3,
          keeps: false,
        })),
  ]
}

/** internal/k8sutils/redis-sentinel.go */
export const makeSentinel: Maker = (owner) =>
  makeSet(owner, {
    ...common(owner),
    ...settingsOf(owner, 'spec', 'redisSentinelConfig', 'additionalSentinelConfig'),
    name: `${owner.metadata.name}-sentinel`,
    setup: 'sentinel',
    role: 'sentinel',
    replicas: sizeOf(owner),
    keeps: false,
  })

/** Leaders, and as many followers unless the resource says otherwise: internal/k8sutils/redis-cluster.go. */
export const makeCluster: Maker = (owner) =>
  (['leader', 'follower'] as const).flatMap((role) => {
    const own = valueAt(owner, 'spec', role === 'leader' ? 'redisLeader' : 'redisFollower')
    return makeSet(owner, {
      ...settingsOf(own, 'redisConfig', 'additionalRedisConfig'),
      name: `${owner.metadata.name}-${role}`,
      setup: 'cluster',
      role,
      replicas: numberAt(own, 'replicas') ?? sizeOf(owner),
      placement: own,
      resources: valueAt(own, 'resources') ?? valueAt(owner, 'spec', 'kubernetesConfig', 'resources'),
      securityContext: valueAt(own, 'securityContext'),
      keeps: true,
    })
  })
