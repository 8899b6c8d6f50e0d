import type { JsonObject } from '../../json.ts'
import { entriesAt, itemsAt, numberAt, textAt, valueAt } from '../../read-value.ts'
import type { Frame, Manifest } from '../made.ts'
import { pick } from '../made.ts'

/**
 * Names and labels of one component of a cluster: Strimzi 1.2, model/Labels.java. An object's own labels go on to what
 * is made of it.
 */
export function frameOf(owner: Manifest, cluster: string, component: string): Frame {
  const { namespace = 'default', labels } = owner.metadata
  return {
    namespace,
    labels: {
      ...(Object.fromEntries(entriesAt(labels)) as Record<string, string>),
      'strimzi.io/cluster': cluster,
      'strimzi.io/name': `${cluster}-${component}`,
      'app.kubernetes.io/instance': cluster,
      'app.kubernetes.io/managed-by': 'strimzi-cluster-operator',
      'app.kubernetes.io/part-of': `strimzi-${cluster}`,
    },
  }
}

/** A container as the operator fills it in; the default provider of Pod Security adds nothing to the template. */
export function containerOf(
  name: string,
  {
    resources,
    template,
    ports = [],
  }: { resources?: unknown; template?: unknown; ports?: readonly JsonObject[] },
): JsonObject {
  return {
    name,
    image: 'strimzi',
    ...(ports.length > 0 && { ports }),
    ...(resources !== undefined && { resources: resources as JsonObject }),
    ...pick(template, 'securityContext', 'volumeMounts'),
  }
}

/** Where the pods of a template may run, and as whom; what is gone with them is in memory: model/VolumeUtils.java. */
export function podSpecOf(
  template: unknown,
  containers: JsonObject,
  volumes: readonly JsonObject[] = [],
): JsonObject {
  return {
    ...pick(
      template,
      'securityContext',
      'affinity',
      'tolerations',
      'topologySpreadConstraints',
      'priorityClassName',
      'schedulerName',
    ),
    ...containers,
    volumes: [
      ...volumes,
      {
        name: 'strimzi-tmp',
        emptyDir: { medium: 'Memory', sizeLimit: textAt(template, 'tmpDirSizeLimit') ?? '5Mi' },
      },
      ...(itemsAt(template, 'volumes') as readonly JsonObject[]),
    ],
  }
}

/** Labels that a template adds to pods. */
export function templateLabels(template: unknown): Record<string, string> {
  return Object.fromEntries(entriesAt(template, 'metadata', 'labels')) as Record<string, string>
}

/** The port that Prometheus scrapes, where the resource has metrics. */
export function metricsPorts(owner: unknown): JsonObject[] {
  return valueAt(owner, 'metricsConfig') === undefined ? [] : [portOf('tcp-prometheus', 9404)]
}

export const portOf = (name: string, containerPort: number): JsonObject => ({
  name,
  containerPort,
  protocol: 'TCP',
})

/** A listener of a Kafka resource, and how Strimzi calls its port: model/ListenersUtils.java. */
export interface Listener {
  name: string
  port: number
  type: string
  portName: string
  configuration: unknown
}

/** The listeners of a Kafka resource. */
export function listenersOf(kafka: Manifest | undefined): Listener[] {
  return itemsAt(kafka, 'spec', 'kafka', 'listeners').map((listener) => {
    const name = textAt(listener, 'name') ?? ''
    const port = numberAt(listener, 'port') ?? 0
    const type = textAt(listener, 'type') ?? 'internal'
    return {
      name,
      port,
      type,
      portName: portNameOf(name, port, type),
      configuration: valueAt(listener, 'configuration'),
    }
  })
}

function portNameOf(name: string, port: number, type: string): string {
  if (name === 'plain' && port === 9092 && type === 'internal') return 'tcp-clients'
  if (name === 'tls' && port === 9093 && type === 'internal') return 'tcp-clientstls'
  if (name === 'external' && port === 9094) return 'tcp-external'
  return `tcp-${name}`
}
