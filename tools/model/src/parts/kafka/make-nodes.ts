import { isList, type JsonObject } from '../../json.ts'
import { isListed, numberAt, textAt, valueAt } from '../../read-value.ts'
import type { Labels } from '../end.ts'
import { claim, made, pick, pod, serials, service, type Frame, type Maker, type Manifest } from '../made.ts'
import {
  containerOf,
  frameOf,
  inMemory,
  isLabelRack,
  metricsPorts,
  podSpecOf,
  portOf,
  selectorOf,
  templateLabels,
} from './frame.ts'
import { listenersOf } from './listeners-of.ts'
import { certificate } from './make-authorities.ts'
import { listenerService } from './make-services.ts'
import { podSetLabels } from './pod-set.ts'

/**
 * What Strimzi 1.2 makes of a KafkaNodePool: pods, their claims and certificates, and the Services of listeners that
 * have one for each broker. model/{KafkaPool,KafkaCluster,VolumeUtils,PersistentVolumeClaimUtils}.java. Ids count from
 * zero in each pool here; the operator counts through all pools.
 */
export const makeNodes: Maker = (pool, { find }) => {
  const cluster = textAt(pool.metadata.labels, 'strimzi.io/cluster') ?? ''
  const kafka = find('Kafka', cluster)
  const { name } = pool.metadata
  const { namespace, labels } = frameOf(pool, {
    cluster,
    name: `${cluster}-kafka`,
    type: 'kafka',
    kind: 'Kafka',
  })
  const frame = { namespace, labels: { ...labels, 'strimzi.io/pool-name': name } }
  const nodes = serials(numberAt(pool, 'spec', 'replicas') ?? 0)
  return nodes.flatMap((id) => makeNode(pool, kafka, { frame, set: `${cluster}-${name}`, id }))
}

interface Node {
  frame: Frame
  /** The operator's set of pods that it is of. */
  set: string
  id: number
}

function makeNode(pool: Manifest, kafka: Manifest | undefined, { frame, set, id }: Node): Manifest[] {
  const name = `${set}-${id}`
  const template = templateOf(pool, kafka)
  const isBroker = isListed(pool, 'broker', 'spec', 'roles')
  const volumes = volumesOf(pool, name)
  const ownListeners = isBroker ? listenersOf(kafka).filter(({ type }) => type !== 'internal') : []
  const labels: Labels = {
    ...frame.labels,
    ...podSetLabels(set, name),
    'strimzi.io/broker-role': String(isBroker),
    'strimzi.io/controller-role': String(isListed(pool, 'controller', 'spec', 'roles')),
    ...templateLabels(template['pod']),
  }
  return [
    made(pod, name, { ...frame, labels }, { spec: nodeSpec(pool, kafka, template, volumes) }),
    ...volumes.flatMap(({ spec, claimName }) => (spec ? [made(claim, claimName, frame, { spec })] : [])),
    certificate(name, frame, name),
    ...ownListeners.map((listener) => {
      const isOld = listener.name === 'external' && listener.port === 9094
      return made(service, isOld ? name : `${set}-${listener.name}-${id}`, frame, {
        spec: listenerService(listener, { ...selectorOf(frame), 'strimzi.io/pod-name': name }),
      })
    }),
  ]
}

/** What a pool's template says, and of the parts that it does not say what its Kafka's does: processTemplate in KafkaPool.java. */
function templateOf(pool: Manifest, kafka: Manifest | undefined): JsonObject {
  const parts = ['pod', 'kafkaContainer', 'initContainer']
  return {
    ...pick(valueAt(kafka, 'spec', 'kafka', 'template'), ...parts),
    ...pick(valueAt(pool, 'spec', 'template'), ...parts),
  }
}

function nodeSpec(
  pool: Manifest,
  kafka: Manifest | undefined,
  template: JsonObject,
  volumes: readonly Volume[],
): JsonObject {
  const isBroker = isListed(pool, 'broker', 'spec', 'roles')
  const isController = isListed(pool, 'controller', 'spec', 'roles')
  const resources = valueAt(pool, 'spec', 'resources')
  const rack = isBroker ? valueAt(kafka, 'spec', 'kafka', 'rack') : undefined
  // Brokers look up their zone, or their node's address, before they start.
  const hasInit =
    isBroker && (isLabelRack(rack) || listenersOf(kafka).some(({ type }) => type === 'nodeport'))
  const ports = [
    portOf('tcp-kafkaagent', 8443),
    ...(isController ? [portOf('tcp-ctrlplane', 9090)] : []),
    ...(isBroker ? [portOf('tcp-replication', 9091)] : []),
    ...(isBroker ? listenersOf(kafka).map(({ portName, port }) => portOf(portName, port)) : []),
    ...metricsPorts(valueAt(kafka, 'spec', 'kafka')),
  ]
  const isPersistent = volumes.some(({ spec }) => spec !== undefined)
  const podTemplate = template['pod']
  const ofStorage = isPersistent ? { securityContext: { fsGroup: 0 } } : {}
  return {
    ...ofStorage,
    ...podSpecOf(podTemplate, {
      account: `${textAt(pool.metadata.labels, 'strimzi.io/cluster') ?? ''}-kafka`,
      asksApi: true,
      rack,
      initContainers: hasInit
        ? [containerOf('kafka-init', { resources, template: template['initContainer'] })]
        : [],
      containers: [containerOf('kafka', { resources, template: template['kafkaContainer'], ports })],
      data: volumes.map(({ volume }) => volume),
      more: [inMemory('ready-files', '1Ki'), ...(hasInit ? [inMemory('rack-volume', '1Mi')] : [])],
    }),
  }
}

interface Volume {
  volume: JsonObject
  claimName: string
  spec?: JsonObject
}

/** A claim for each volume that lasts; `data-<id>-<pod>` in JBOD, `data-<pod>` where there is one. */
function volumesOf(pool: Manifest, podName: string): Volume[] {
  const storage = valueAt(pool, 'spec', 'storage')
  const jbod = valueAt(storage, 'volumes')
  const all = isList(jbod)
    ? jbod.map((each) => ({ each, prefix: `data-${numberAt(each, 'id') ?? 0}` }))
    : undefined
  return (all ?? [{ each: storage, prefix: 'data' }]).map(({ each, prefix }): Volume => {
    const claimName = `${prefix}-${podName}`
    if (textAt(each, 'type') === 'ephemeral') {
      const limit = textAt(each, 'sizeLimit')
      return {
        claimName,
        volume: { name: prefix, emptyDir: limit === undefined ? {} : { sizeLimit: limit } },
      }
    }
    const storageClass = textAt(each, 'class')
    return {
      claimName,
      volume: { name: prefix, persistentVolumeClaim: { claimName } },
      spec: {
        accessModes: ['ReadWriteOnce'],
        ...(storageClass !== undefined && { storageClassName: storageClass }),
        resources: { requests: { storage: textAt(each, 'size') ?? '0' } },
      },
    }
  })
}
