import type { JsonObject } from '../../json.ts'
import { numberAt, textAt, valueAt } from '../../read-value.ts'
import {
  budget,
  deployment,
  made,
  secret,
  service,
  serviceAccount,
  type Frame,
  type Manifest,
} from '../made.ts'
import {
  containerOf,
  frameFor,
  metricsPorts,
  podSpecOf,
  portOf,
  selectorOf,
  templateLabels,
} from './frame.ts'
import { certificate } from './make-authorities.ts'
import { makeEntityRole } from './make-roles.ts'

/** What looks after a Kafka: each a Deployment of one pod, with its account, its budget and its certificates. */
export function makeDeployments(kafka: Manifest): Manifest[] {
  return [...makeEntityOperator(kafka), ...makeCruiseControl(kafka), ...makeExporter(kafka)]
}

/** One container for each of the two operators, and each its own folder in memory. */
function makeEntityOperator(kafka: Manifest): Manifest[] {
  const { name } = kafka.metadata
  const entity = valueAt(kafka, 'spec', 'entityOperator')
  const operators = (
    [
      ['topicOperator', 'topic-operator', 'to', 8080],
      ['userOperator', 'user-operator', 'uo', 8081],
    ] as const
  ).filter(([key]) => valueAt(entity, key) !== undefined)
  if (operators.length === 0) return []
  const containers = operators.map(([key, operator, short, port]) =>
    containerOf(operator, {
      resources: valueAt(entity, key, 'resources'),
      template: valueAt(entity, 'template', `${key}Container`),
      ports: [portOf(`healthcheck-${short}`, port)],
    }),
  )
  const temporary = operators.map(([, , short]) => `strimzi-${short}-tmp`)
  const frame = frameFor(kafka, 'entity-operator')
  const objects = makeDeployment(frame, entity, {
    name: `${name}-entity-operator`,
    asksApi: true,
    containers,
    temporary,
  })
  const certificates = operators.map(([, operator]) =>
    certificate(`${name}-entity-${operator}-certs`, frame, 'entity-operator'),
  )
  const names = operators.map(([, operator]) => operator)
  return [...objects, ...makeEntityRole(kafka, frame, names), ...certificates]
}

function makeCruiseControl(kafka: Manifest): Manifest[] {
  const cruise = valueAt(kafka, 'spec', 'cruiseControl')
  if (cruise === undefined) return []
  const { name: cluster } = kafka.metadata
  const name = `${cluster}-cruise-control`
  const frame = frameFor(kafka, 'cruise-control')
  const container = containerOf('cruise-control', {
    resources: valueAt(cruise, 'resources'),
    template: valueAt(cruise, 'template', 'cruiseControlContainer'),
    ports: [portOf('rest-api', 9090), ...metricsPorts(cruise)],
  })
  const ports = [{ name: 'rest-api', port: 9090, targetPort: 'rest-api', protocol: 'TCP' }]
  const passwords = ['cruise-control.authFile', 'healthcheck.password', 'rebalance-operator.password']
  const login = ['topic-operator.apiAdminName', 'topic-operator.apiAdminPassword']
  const hasTopics = valueAt(kafka, 'spec', 'entityOperator', 'topicOperator') !== undefined
  return [
    ...makeDeployment(frame, cruise, { name, containers: [container] }),
    made(service, name, frame, { spec: { type: 'ClusterIP', ports, selector: selectorOf(frame) } }),
    certificate(`${name}-certs`, frame, 'cruise-control'),
    secret(`${name}-api`, frame, passwords),
    ...(hasTopics ? [secret(`${cluster}-entity-topic-operator-cc-api`, frame, login)] : []),
  ]
}

function makeExporter(kafka: Manifest): Manifest[] {
  const exporter = valueAt(kafka, 'spec', 'kafkaExporter')
  if (exporter === undefined) return []
  const name = `${kafka.metadata.name}-kafka-exporter`
  const frame = frameFor(kafka, 'kafka-exporter')
  const container = containerOf(name, {
    resources: valueAt(exporter, 'resources'),
    template: valueAt(exporter, 'template', 'container'),
    ports: [portOf('tcp-prometheus', 9404)],
  })
  return [
    ...makeDeployment(frame, exporter, { name, containers: [container] }),
    certificate(`${name}-certs`, frame, 'kafka-exporter'),
  ]
}

interface Pods {
  name: string
  asksApi?: boolean
  containers: readonly JsonObject[]
  temporary?: readonly string[]
}

/** model/WorkloadUtils.java, createDeployment. Of the entity operator there are never two. */
function makeDeployment(frame: Frame, spec: unknown, { name, ...pods }: Pods): Manifest[] {
  const template = valueAt(spec, 'template')
  const podTemplate = valueAt(template, 'pod')
  const matchLabels = selectorOf(frame)
  const metadata = { labels: { ...frame.labels, ...templateLabels(podTemplate) } }
  const most = numberAt(template, 'podDisruptionBudget', 'maxUnavailable') ?? 1
  const isAlone = frame.labels['strimzi.io/component-type'] === 'entity-operator'
  const recreates = isAlone || textAt(template, 'deployment', 'deploymentStrategy') === 'Recreate'
  return [
    made(deployment, name, frame, {
      spec: {
        replicas: 1,
        selector: { matchLabels },
        strategy: recreates
          ? { type: 'Recreate' }
          : { type: 'RollingUpdate', rollingUpdate: { maxSurge: 1, maxUnavailable: 0 } },
        template: { metadata, spec: podSpecOf(podTemplate, { account: name, ...pods }) },
      },
    }),
    made(budget, name, frame, { spec: { maxUnavailable: most, selector: { matchLabels } } }),
    made(serviceAccount, name, frame, {}),
  ]
}
