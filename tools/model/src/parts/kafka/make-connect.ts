import { itemsAt, numberAt, textAt, valueAt } from '../../read-value.ts'
import {
  made,
  pod,
  secret,
  serials,
  service,
  serviceAccount,
  type Frame,
  type Maker,
  type Manifest,
} from '../made.ts'
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
import { makeConnectRole } from './make-roles.ts'
import { makeSetBudget, podSetLabels } from './pod-set.ts'

/** How the operator calls what it makes of a kind. */
interface Names {
  /** After the name of the resource. */
  suffix: 'connect' | 'mirrormaker2'
  /** `strimzi.io/component-type`. */
  type: string
}

/**
 * What it makes of a KafkaConnect or a KafkaMirrorMaker2: pods of a set of its own, and the REST API inside.
 * model/{KafkaConnectCluster,KafkaMirrorMaker2Cluster}.java
 */
export const makeConnect =
  ({ suffix, type }: Names): Maker =>
  (connect) => {
    const { kind } = connect
    const { name: cluster } = connect.metadata
    const name = `${cluster}-${suffix}`
    const frame = frameOf(connect, { cluster, name, type, kind })
    const selector = selectorOf(frame)
    const template = valueAt(connect, 'spec', 'template')
    const podTemplate = valueAt(template, 'pod')
    const resources = valueAt(connect, 'spec', 'resources')
    const rack = valueAt(connect, 'spec', 'rack')
    const hasRack = isLabelRack(rack)
    const spec = podSpecOf(podTemplate, {
      account: name,
      asksApi: true,
      rack,
      initContainers: hasRack
        ? [containerOf('kafka-init', { resources, template: valueAt(template, 'initContainer') })]
        : [],
      containers: [
        containerOf(name, {
          resources,
          template: valueAt(template, 'connectContainer'),
          ports: [portOf('rest-api', 8083), ...metricsPorts(valueAt(connect, 'spec'))],
        }),
      ],
      more: hasRack ? [inMemory('rack-volume', '1Mi')] : [],
    })
    const replicas = numberAt(connect, 'spec', 'replicas') ?? 3
    const labelsOf = (podName: string) => ({
      ...frame.labels,
      ...podSetLabels(name, podName),
      ...templateLabels(podTemplate),
    })
    const api = {
      ports: [{ name: 'rest-api', port: 8083, targetPort: 'rest-api', protocol: 'TCP' }],
      selector,
    }
    return [
      ...serials(replicas).map((id) =>
        made(pod, `${name}-${id}`, { ...frame, labels: labelsOf(`${name}-${id}`) }, { spec }),
      ),
      made(service, `${name}-api`, frame, { spec: { type: 'ClusterIP', ...api } }),
      made(service, name, frame, {
        spec: { type: 'ClusterIP', clusterIP: 'None', publishNotReadyAddresses: true, ...api },
      }),
      makeSetBudget(frame, name, replicas, template),
      made(serviceAccount, name, frame, {}),
      ...makeConnectRole(connect, frame, suffix),
      ...makeTrusted(connect, frame),
    ]
  }

/** Certificates that it was told to trust, all of them in one Secret: those of each cluster that it talks to. */
function makeTrusted(connect: Manifest, frame: Frame): Manifest[] {
  const { name } = connect.metadata
  const trusts = (cluster: unknown) => itemsAt(cluster, 'tls', 'trustedCertificates').length > 0
  const named = [
    valueAt(connect, 'spec', 'target'),
    ...itemsAt(connect, 'spec', 'mirrors').map((mirror) => valueAt(mirror, 'source')),
  ].filter(trusts)
  const keys = [
    ...(trusts(valueAt(connect, 'spec')) ? ['ca.crt'] : []),
    ...named.map((cluster) => `${textAt(cluster, 'alias') ?? ''}-ca.crt`),
  ]
  return keys.length > 0 ? [secret(`${name}-connect-tls-trusted-certs`, frame, [...new Set(keys)])] : []
}
