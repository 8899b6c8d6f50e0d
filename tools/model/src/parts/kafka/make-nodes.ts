import { isList, type JsonObject } from '../../json.ts'
import { isListed, numberAt, textAt, valueAt } from '../../read-value.ts'
import { claim, made, pod, secret, serials, service, type Frame, type Maker, type Manifest } from '../made.ts'
import {
  containerOf,
  frameOf,
  listenersOf,
  metricsPorts,
  podSpecOf,
  portOf,
  templateLabels,
} from './frame.ts'
import { listenerService } from './make-services.ts'

/**
 * What Strimzi 1.2 makes of a KafkaNodePool: pods, their claims and certificates, and the Services of listeners that
 * have one for each broker. model/{KafkaCluster,VolumeUtils,PersistentVolumeClaimUtils}.java. Ids count from zero in
 * each pool here; the operator counts through all pools.
 */
export const makeNodes: Maker = (pool, sibling) => {
  const cluster = textAt(pool.metadata.labels, 'strimzi.io/cluster') ?? ''
  const kafka = sibling('Kafka', cluster)
  const frame = frameOf(kafka ?? pool, cluster, 'kafka')
  const nodes = serials(numberAt(pool, 'spec', 'replicas') ?? 0)
  return nodes.flatMap((id) =>
    makeNode(pool, kafka, { ...frame, labels: labelsOf(pool, cluster, frame) }, id),
  )
}

function labelsOf(pool: Manifest, cluster: string, frame: Frame): Frame['labels'] {
  return {
    ...frame.labels,
    'app.kubernetes.io/name': 'kafka',
    'strimzi.io/kind': 'Kafka',
    'strimzi.io/component-type': 'kafka',
    'strimzi.io/pool-name': pool.metadata.name,
    'strimzi.io/controller': 'strimzipodset',
    'strimzi.io/controller-name': `${cluster}-${pool.metadata.name}`,
    'strimzi.io/broker-role': String(isListed(pool, 'broker', 'spec', 'roles')),
    'strimzi.io/controller-role': String(isListed(pool, 'controller', 'spec', 'roles')),
  }
}

function makeNode(pool: Manifest, kafka: Manifest | undefined, frame: Frame, id: number): Manifest[] {
  const component = frame.labels['strimzi.io/controller-name'] ?? ''
  const name = `${component}-${id}`
  const template = valueAt(pool, 'spec', 'template') ?? valueAt(kafka, 'spec', 'kafka', 'template')
  const podTemplate = valueAt(template, 'pod')
  const labels = { ...frame.labels, 'strimzi.io/pod-name': name, ...templateLabels(podTemplate) }
  const isBroker = isListed(pool, 'broker', 'spec', 'roles')
  const volumes = volumesOf(pool, name)
  return [
    made(
      pod,
      name,
      { ...frame, labels },
      {
        spec: podSpecOf(podTemplate, containersOf(pool, kafka, template), [
          ...volumes.map(({ volume }) => volume),
          { name: 'ready-files', emptyDir: { medium: 'Memory', sizeLimit: '1Ki' } },
          ...(hasInit(pool, kafka)
            ? [{ name: 'rack-volume', emptyDir: { medium: 'Memory', sizeLimit: '1Mi' } }]
            : []),
        ]),
      },
    ),
    ...volumes.flatMap(({ spec, claimName }) => (spec ? [made(claim, claimName, frame, { spec })] : [])),
    secret(name, frame, [`${name}.crt`, `${name}.key`]),
    ...(isBroker ? listenersOf(kafka).filter(({ type }) => type !== 'internal') : []).map((listener) => {
      const isOld = listener.name === 'external' && listener.port === 9094
      const serviceName = isOld ? `${component}-${id}` : `${component}-${listener.name}-${id}`
      return made(service, serviceName, frame, {
        spec: listenerService(listener, { 'strimzi.io/pod-name': name }),
      })
    }),
  ]
}

function containersOf(pool: Manifest, kafka: Manifest | undefined, template: unknown): JsonObject {
  const isBroker = isListed(pool, 'broker', 'spec', 'roles')
  const isController = isListed(pool, 'controller', 'spec', 'roles')
  const resources = valueAt(pool, 'spec', 'resources') ?? valueAt(kafka, 'spec', 'kafka', 'resources')
  const ports = [
    portOf('tcp-kafkaagent', 8443),
    ...(isController ? [portOf('tcp-ctrlplane', 9090)] : []),
    ...(isBroker ? [portOf('tcp-replication', 9091)] : []),
    ...(isBroker ? listenersOf(kafka).map(({ portName, port }) => portOf(portName, port)) : []),
    ...metricsPorts(valueAt(kafka, 'spec', 'kafka')),
  ]
  const init = containerOf('kafka-init', { resources, template: valueAt(template, 'initContainer') })
  return {
    ...(hasInit(pool, kafka) && { initContainers: [init] }),
    containers: [containerOf('kafka', { resources, template: valueAt(template, 'kafkaContainer'), ports })],
  }
}

/** Brokers look up their zone, or their node's address, before they start. */
function hasInit(pool: Manifest, kafka: Manifest | undefined): boolean {
  const rack = valueAt(kafka, 'spec', 'kafka', 'rack')
  const isLabelRack = rack !== undefined && (textAt(rack, 'type') ?? 'topology-label') === 'topology-label'
  const isNodePort = listenersOf(kafka).some(({ type }) => type === 'nodeport')
  return isListed(pool, 'broker', 'spec', 'roles') && (isLabelRack || isNodePort)
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
