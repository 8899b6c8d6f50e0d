import { numberAt, textAt, valueAt } from '../../read-value.ts'
import {
  made,
  service,
  serviceAccount,
  type Frame,
  type Maker,
  type Manifest,
  type Neighbours,
} from '../made.ts'
import { frameOf, selectorOf } from './frame.ts'
import { listenersOf } from './listeners-of.ts'
import { makeAuthorities } from './make-authorities.ts'
import { makeDeployments } from './make-deployments.ts'
import { makeNodesRole } from './make-roles.ts'
import { discovery, listenerService } from './make-services.ts'
import { makeSetBudget } from './pod-set.ts'

/**
 * What Strimzi 1.2 makes of a Kafka beside its nodes: Services, a budget, authorities, and the Deployments that look
 * after it. model/{KafkaCluster,EntityOperator,CruiseControl,KafkaExporter}.java
 */
export const makeKafka: Maker = (kafka, neighbours) => {
  const { name } = kafka.metadata
  const frame = frameOf(kafka, { cluster: name, name: `${name}-kafka`, type: 'kafka', kind: 'Kafka' })
  return [
    made(serviceAccount, `${name}-kafka`, frame, {}),
    ...makeNodesRole(kafka, frame, neighbours),
    ...makeServices(kafka, frame),
    makeBudget(kafka, frame, neighbours),
    ...makeAuthorities(kafka),
    ...makeDeployments(kafka),
  ]
}

function makeServices(kafka: Manifest, frame: Frame): Manifest[] {
  const { name } = kafka.metadata
  const nodes = selectorOf(frame)
  const brokers = { ...nodes, 'strimzi.io/broker-role': 'true' }
  const listeners = listenersOf(kafka)
  const internal = listeners.filter(({ type }) => type === 'internal')
  const ports = internal.map((each) => servicePort(each.portName, each.port))
  const replication = servicePort('tcp-replication', 9091)
  const own = listeners.filter(({ type, configuration }) => {
    const hasBootstrap = valueAt(configuration, 'createBootstrapService') !== false
    return type !== 'internal' && hasBootstrap
  })
  return [
    made(
      service,
      `${name}-kafka-bootstrap`,
      { ...frame, labels: { ...frame.labels, ...discovery } },
      { spec: { type: 'ClusterIP', ports: [replication, ...ports], selector: brokers } },
    ),
    made(service, `${name}-kafka-brokers`, frame, {
      spec: {
        type: 'ClusterIP',
        clusterIP: 'None',
        publishNotReadyAddresses: true,
        ports: [
          servicePort('tcp-ctrlplane', 9090),
          replication,
          servicePort('tcp-kafkaagent', 8443),
          ...ports,
        ],
        selector: nodes,
      },
    }),
    ...own.map((listener) =>
      made(service, `${name}-kafka-${listener.name}-bootstrap`, frame, {
        spec: listenerService(listener, brokers),
      }),
    ),
  ]
}

/** Over the nodes of all pools. */
function makeBudget(kafka: Manifest, frame: Frame, { all }: Neighbours): Manifest {
  const { name } = kafka.metadata
  const pools = all('KafkaNodePool').filter(
    ({ metadata }) => textAt(metadata.labels, 'strimzi.io/cluster') === name,
  )
  const nodes = pools.reduce((sum, pool) => sum + (numberAt(pool, 'spec', 'replicas') ?? 0), 0)
  return makeSetBudget(frame, `${name}-kafka`, nodes, valueAt(kafka, 'spec', 'kafka', 'template'))
}

const servicePort = (name: string, port: number) => ({ name, port, targetPort: name, protocol: 'TCP' })
