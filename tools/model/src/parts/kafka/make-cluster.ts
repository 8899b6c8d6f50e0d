import type { JsonObject } from '../../json.ts'
import { numberAt, textAt, valueAt } from '../../read-value.ts'
import {
  budget,
  deployment,
  made,
  pod,
  secret,
  serials,
  service,
  type Frame,
  type Maker,
  type Manifest,
} from '../made.ts'
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
 * What Strimzi 1.2 makes of a Kafka beside its nodes: Services, authorities, and the Deployments that look after it.
 * model/{KafkaCluster,EntityOperator,CruiseControl,KafkaExporter}.java
 */
export const makeKafka: Maker = (kafka) => {
  const { name } = kafka.metadata
  const frame = frameOf(kafka, name, 'kafka')
  const brokers = {
    'strimzi.io/cluster': name,
    'strimzi.io/name': `${name}-kafka`,
    'strimzi.io/broker-role': 'true',
  }
  const nodes = { 'strimzi.io/cluster': name, 'strimzi.io/kind': 'Kafka', 'strimzi.io/name': `${name}-kafka` }
  const listeners = listenersOf(kafka)
  const internal = listeners.filter(({ type }) => type === 'internal')
  const servicePort = (portName: string, port: number) => ({
    name: portName,
    port,
    targetPort: portName,
    protocol: 'TCP',
  })
  const inside = [
    servicePort('tcp-replication', 9091),
    ...internal.map((each) => servicePort(each.portName, each.port)),
  ]
  const around = [servicePort('tcp-ctrlplane', 9090), servicePort('tcp-kafkaagent', 8443), ...inside]
  return [
    made(service, `${name}-kafka-bootstrap`, frame, {
      spec: { type: 'ClusterIP', ports: inside, selector: brokers },
    }),
    made(service, `${name}-kafka-brokers`, frame, {
      spec: {
        type: 'ClusterIP',
        clusterIP: 'None',
        publishNotReadyAddresses: true,
        ports: around,
        selector: nodes,
      },
    }),
    ...listeners
      .filter(
        ({ type, configuration }) =>
          type !== 'internal' && valueAt(configuration, 'createBootstrapService') !== false,
      )
      .map((listener) =>
        made(service, `${name}-kafka-${listener.name}-bootstrap`, frame, {
          spec: listenerService(listener, brokers),
        }),
      ),
    made(budget, `${name}-kafka`, frame, { spec: { maxUnavailable: 1, selector: { matchLabels: nodes } } }),
    ...makeAuthorities(name, frame),
    ...makeDeployments(kafka),
  ]
}

function makeAuthorities(name: string, frame: Frame): Manifest[] {
  const publicKeys = ['ca.crt', 'ca.p12', 'ca.password']
  return [
    secret(`${name}-cluster-ca-cert`, frame, publicKeys),
    secret(`${name}-cluster-ca`, frame, ['ca.key']),
    secret(`${name}-clients-ca-cert`, frame, publicKeys),
    secret(`${name}-clients-ca`, frame, ['ca.key']),
    secret(`${name}-cluster-operator-certs`, frame, ['cluster-operator.crt', 'cluster-operator.key']),
  ]
}

/** Each of them is a Deployment of one pod. */
function makeDeployments(kafka: Manifest): Manifest[] {
  const entity = valueAt(kafka, 'spec', 'entityOperator')
  const cruise = valueAt(kafka, 'spec', 'cruiseControl')
  const exporter = valueAt(kafka, 'spec', 'kafkaExporter')
  const operators = [
    ['topicOperator', 'topic-operator', 8080],
    ['userOperator', 'user-operator', 8081],
  ] as const
  const entityContainers = operators
    .filter(([key]) => valueAt(entity, key) !== undefined)
    .map(([key, name, port]) =>
      containerOf(name, {
        resources: valueAt(entity, key, 'resources'),
        template: valueAt(entity, 'template', `${key}Container`),
        ports: [portOf('healthcheck', port)],
      }),
    )
  return [
    ...(entity === undefined ? [] : [makeDeployment(kafka, 'entity-operator', entity, entityContainers)]),
    ...(cruise === undefined
      ? []
      : [
          makeDeployment(kafka, 'cruise-control', cruise, [
            containerOf('cruise-control', {
              resources: valueAt(cruise, 'resources'),
              template: valueAt(cruise, 'template', 'cruiseControlContainer'),
              ports: [portOf('rest-api', 9090), ...metricsPorts(cruise)],
            }),
          ]),
        ]),
    ...(exporter === undefined
      ? []
      : [
          makeDeployment(kafka, 'kafka-exporter', exporter, [
            containerOf('kafka-exporter', {
              resources: valueAt(exporter, 'resources'),
              template: valueAt(exporter, 'template', 'container'),
              ports: [portOf('tcp-prometheus', 9404)],
            }),
          ]),
        ]),
  ]
}

function makeDeployment(
  kafka: Manifest,
  component: string,
  spec: unknown,
  containers: JsonObject[],
): Manifest {
  const { name } = kafka.metadata
  const frame = frameOf(kafka, name, component)
  const template = valueAt(spec, 'template', 'pod')
  const selector = {
    'strimzi.io/cluster': name,
    'strimzi.io/kind': 'Kafka',
    'strimzi.io/name': `${name}-${component}`,
  }
  const labels = { ...frame.labels, ...selector, ...templateLabels(template) }
  return made(deployment, `${name}-${component}`, frame, {
    spec: {
      replicas: 1,
      selector: { matchLabels: selector },
      strategy: { type: component === 'entity-operator' ? 'Recreate' : 'RollingUpdate' },
      template: { metadata: { labels }, spec: podSpecOf(template, { containers }) },
    },
  })
}

/**
 * What it makes of a KafkaConnect or a KafkaMirrorMaker2: pods of a StrimziPodSet, and the REST API inside.
 * model/{KafkaConnectCluster,KafkaMirrorMaker2Cluster}.java
 */
export const makeConnect =
  (component: string): Maker =>
  (connect) => {
    const { name, namespace = 'default' } = connect.metadata
    const frame = frameOf(connect, name, component)
    const selector = {
      'strimzi.io/cluster': name,
      'strimzi.io/kind': connect.kind,
      'strimzi.io/name': `${name}-${component}`,
    }
    const template = valueAt(connect, 'spec', 'template')
    const labels = { ...frame.labels, ...selector, ...templateLabels(valueAt(template, 'pod')) }
    const ports = [portOf('rest-api', 8083), ...metricsPorts(valueAt(connect, 'spec'))]
    const container = containerOf(`${name}-${component}`, {
      resources: valueAt(connect, 'spec', 'resources'),
      template: valueAt(template, 'connectContainer'),
      ports,
    })
    const init = containerOf('kafka-init', { template: valueAt(template, 'initContainer') })
    const hasRack = textAt(connect, 'spec', 'rack', 'topologyKey') !== undefined
    const containers = { ...(hasRack && { initContainers: [init] }), containers: [container] }
    const api = {
      type: 'ClusterIP',
      ports: [{ name: 'rest-api', port: 8083, targetPort: 'rest-api', protocol: 'TCP' }],
    }
    return [
      ...serials(numberAt(connect, 'spec', 'replicas') ?? 1).map((id) =>
        made(
          pod,
          `${name}-${component}-${id}`,
          { namespace, labels },
          {
            spec: podSpecOf(valueAt(template, 'pod'), containers),
          },
        ),
      ),
      made(service, `${name}-${component}-api`, frame, { spec: { ...api, selector } }),
      made(service, `${name}-${component}`, frame, { spec: { ...api, clusterIP: 'None', selector } }),
      made(budget, `${name}-${component}`, frame, {
        spec: { maxUnavailable: 1, selector: { matchLabels: selector } },
      }),
    ]
  }

/** What the User Operator makes of a KafkaUser: a Secret of its name, with a certificate or a password. */
export const makeUser: Maker = (user) => {
  const { name, namespace = 'default' } = user.metadata
  const way = textAt(user, 'spec', 'authentication', 'type')
  const keys =
    way === 'scram-sha-512'
      ? ['password', 'sasl.jaas.config']
      : ['ca.crt', 'user.crt', 'user.key', 'user.p12', 'user.password']
  return way === undefined
    ? []
    : [secret(name, { namespace, labels: { 'strimzi.io/kind': 'KafkaUser' } }, keys)]
}
