import type { JsonObject } from '../../json.ts'
import { entriesAt, textAt, valueAt } from '../../read-value.ts'
import type { Labels } from '../end.ts'
import { budget, made, pick, service, statefulSet, type Maker, type Manifest } from '../made.ts'

/**
 * What the OpenTelemetry operator (0.158) makes of a collector that is a StatefulSet: internal/manifests/collector. Its own
 * NetworkPolicy and ServiceAccount are left out, as the chart turns both off; so is the ConfigMap, whose name is a digest of
 * what the operator makes of the configuration.
 */
export const makeCollector: Maker = (owner) => {
  const { name, namespace = 'default' } = owner.metadata
  const labels = labelsOf(owner)
  const frame = { namespace, labels }
  const one = (of: string, spec: JsonObject) =>
    made(service, of, { namespace, labels: { ...labels, ...namedAs(owner, of) } }, { spec })
  const selector = { ...selectorOf(owner) }
  const ports = receiverPorts(owner)
  const metrics = [{ name: 'monitoring', port: METRICS_PORT, protocol: 'TCP' }]
  return [
    made(statefulSet, `${name}-collector`, frame, { spec: setOf(owner, labels) }),
    made(budget, `${name}-collector`, frame, {
      spec: {
        ...(pick(valueAt(owner, 'spec'), 'podDisruptionBudget')['podDisruptionBudget'] as JsonObject),
        selector: { matchLabels: selector },
      },
    }),
    one(`${name}-collector`, { selector, ports, internalTrafficPolicy: 'Cluster' }),
    one(`${name}-collector-headless`, {
      selector,
      ports,
      clusterIP: 'None',
      internalTrafficPolicy: 'Cluster',
    }),
    one(`${name}-collector-monitoring`, { selector, ports: metrics }),
    one(`${name}-collector-extension`, { selector, ports: [HEALTH] }),
  ]
}

const METRICS_PORT = 8888
const HEALTH_PORT = 13133
const HEALTH = {
  name: 'health-check',
  port: HEALTH_PORT,
  targetPort: HEALTH_PORT,
  protocol: 'TCP',
}

/** Labels of the collector go on to everything; an instance of the operator's own replaces theirs: manifestutils/labels.go. */
function labelsOf(owner: Manifest): Labels {
  const version = /:([^:@]+)(@|$)/.exec(textAt(owner, 'spec', 'image') ?? '')?.[1] ?? 'latest'
  return {
    ...namedAs(owner, `${owner.metadata.name}-collector`),
    ...(owner.metadata.labels as Labels | undefined),
    ...selectorOf(owner),
    'app.kubernetes.io/version': version,
  }
}

function namedAs(owner: Manifest, name: string): Labels {
  const own = textAt(owner, 'metadata', 'labels', 'app.kubernetes.io/name')
  return { 'app.kubernetes.io/name': own ?? name }
}

function selectorOf({ metadata: { name, namespace = 'default' } }: Manifest): Labels {
  return {
    'app.kubernetes.io/managed-by': 'opentelemetry-operator',
    'app.kubernetes.io/instance': `${namespace}.${name}`.slice(0, 63),
    'app.kubernetes.io/part-of': 'opentelemetry',
    'app.kubernetes.io/component': 'opentelemetry-collector',
  }
}

function setOf(owner: Manifest, labels: Labels): JsonObject {
  const spec = valueAt(owner, 'spec')
  return {
    ...pick(spec, 'replicas', 'volumeClaimTemplates', 'persistentVolumeClaimRetentionPolicy'),
    serviceName: `${owner.metadata.name}-collector-headless`,
    podManagementPolicy: 'Parallel',
    selector: { matchLabels: { ...selectorOf(owner) } },
    template: {
      metadata: {
        labels: { ...labels },
        annotations: { ...(valueAt(spec, 'podAnnotations') as Labels | undefined) },
      },
      spec: {
        serviceAccountName: textAt(spec, 'serviceAccount') ?? `${owner.metadata.name}-collector`,
        ...pick(spec, 'nodeSelector', 'tolerations', 'affinity', 'priorityClassName'),
        ...pick(spec, 'topologySpreadConstraints', 'terminationGracePeriodSeconds', 'volumes'),
        securityContext: (valueAt(spec, 'podSecurityContext') ?? {}) as JsonObject,
        containers: [containerOf(owner)],
      },
    },
  }
}

/** Probes ask the extension `health_check`, whatever its name behind a slash. */
function containerOf(owner: Manifest): JsonObject {
  const spec = valueAt(owner, 'spec')
  const probe = { httpGet: { path: '/', port: HEALTH_PORT } }
  const ports = [...receiverPorts(owner), HEALTH, { name: 'metrics', port: METRICS_PORT, protocol: 'TCP' }]
  return {
    name: 'otc-container',
    ...pick(spec, 'image', 'resources', 'securityContext', 'volumeMounts', 'env', 'lifecycle'),
    ports: ports.map(({ name, port, protocol }) => ({
      name: name.slice(0, 15),
      containerPort: port,
      protocol,
    })),
    livenessProbe: { ...probe, ...(valueAt(spec, 'livenessProbe') as JsonObject | undefined) },
    readinessProbe: { ...probe, ...(valueAt(spec, 'readinessProbe') as JsonObject | undefined) },
    startupProbe: { ...probe, ...(valueAt(spec, 'startupProbe') as JsonObject | undefined) },
  }
}

/** One for each protocol of each receiver of OTLP: internal/components/multi_endpoint.go. */
function receiverPorts(owner: Manifest) {
  const receivers = entriesAt(owner, 'spec', 'config', 'receivers')
  return receivers.flatMap(([receiver, settings]) =>
    entriesAt(settings, 'protocols').map(([protocol, config]) => {
      const port = Number(textAt(config, 'endpoint')?.split(':').at(-1))
      const name = `${receiver.replaceAll('/', '-')}-${protocol}`
      return { name, port, targetPort: port, protocol: 'TCP', appProtocol: protocol }
    }),
  )
}
