import { groupOf } from '@opencore/contract'
import type { Labels } from './label-selector.ts'
import { asLabels, asText, read } from './read.ts'
import type { KubernetesObject, RenderedObject } from './rendered-object.ts'

/** Pods that an operator will make of a rendered object: no template shows them. */
export interface Operand {
  owner: RenderedObject
  namespace: string
  labels: Labels
  /** Names of the ports that its metrics are at. */
  ports: readonly string[]
}

type PodLabels = (object: KubernetesObject) => readonly Labels[]

const strimzi =
  (...parts: readonly string[]): PodLabels =>
  ({ metadata: { name } }) =>
    parts.map((part) => ({ 'strimzi.io/cluster': name, 'strimzi.io/name': `${name}-${part}` }))

/** The operator copies an object's labels to its pods. */
const redis =
  (setup: string): PodLabels =>
  ({ metadata }) => [{ ...asLabels(metadata.labels), redis_setup_type: setup }]

/** The labels that operators give to pods, by `group/Kind`: CloudNativePG 1.30, Strimzi 1.2, redis-operator 0.26. */
const makers: Readonly<Record<string, PodLabels>> = {
  'postgresql.cnpg.io/Cluster': ({ metadata: { name } }) => [
    { 'cnpg.io/cluster': name, 'cnpg.io/podRole': 'instance' },
    { 'cnpg.io/cluster': name, 'cnpg.io/jobRole': 'join' },
  ],
  'postgresql.cnpg.io/Pooler': (object) => [
    {
      'cnpg.io/cluster': asText(read(object, 'spec', 'cluster', 'name')) ?? '',
      'cnpg.io/podRole': 'pooler',
      'cnpg.io/poolerName': object.metadata.name,
    },
  ],
  'kafka.strimzi.io/Kafka': (object) =>
    strimzi(
      'kafka',
      ...(read(object, 'spec', 'entityOperator') === undefined ? [] : ['entity-operator']),
      ...(read(object, 'spec', 'cruiseControl') === undefined ? [] : ['cruise-control']),
      ...(read(object, 'spec', 'kafkaExporter') === undefined ? [] : ['kafka-exporter']),
    )(object),
  'kafka.strimzi.io/KafkaConnect': strimzi('connect'),
  'kafka.strimzi.io/KafkaMirrorMaker2': strimzi('mirrormaker2'),
  'redis.redis.opstreelabs.in/Redis': redis('standalone'),
  'redis.redis.opstreelabs.in/RedisCluster': redis('cluster'),
  'redis.redis.opstreelabs.in/RedisReplication': redis('replication'),
  'redis.redis.opstreelabs.in/RedisSentinel': redis('sentinel'),
}

/** How each operator calls the port of its pods' metrics. */
const metricsPorts: Readonly<Record<string, string>> = {
  'kafka.strimzi.io': 'tcp-prometheus',
  'postgresql.cnpg.io': 'metrics',
  'redis.redis.opstreelabs.in': 'redis-exporter',
}

/** Every kind of pod that an operator makes of an object. */
export function operandsOf(rendered: RenderedObject): Operand[] {
  const { kind, metadata } = rendered.object
  const group = groupOf(rendered.object)
  const labels = makers[`${group}/${kind}`]?.(rendered.object) ?? []
  return labels.map((each) => ({
    owner: rendered,
    namespace: metadata.namespace ?? 'default',
    labels: each,
    ports: [metricsPorts[group] ?? []].flat(),
  }))
}
