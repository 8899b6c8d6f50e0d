import type { JsonObject } from '../../json.ts'
import { entriesAt, itemsAt, numberAt, textAt, valueAt } from '../../read-value.ts'
import { deployment, made, service, serviceAccount, type Maker, type Manifest } from '../made.ts'
import { withPort } from '../published.ts'
import { applicationLabels, hardened } from './instance.ts'
import { makePoolerRole } from './make-roles.ts'

/** What it makes of a Pooler: pkg/specs/pgbouncer/{deployments,services}.go. */
export const makePooler: Maker = (pooler, { find }) => {
  const { name, namespace = 'default' } = pooler.metadata
  const cluster = textAt(pooler, 'spec', 'cluster', 'name') ?? ''
  const labels = {
    'cnpg.io/cluster': cluster,
    'cnpg.io/poolerName': name,
    'cnpg.io/podRole': 'pooler',
    ...applicationLabels(cluster, 'pooler'),
  }
  const frame = { namespace, labels }
  const selector = { 'cnpg.io/poolerName': name }
  const ownAccount = textAt(pooler, 'spec', 'serviceAccountName') !== undefined
  return [
    ...(ownAccount ? [] : [made(serviceAccount, name, { namespace, labels: {} }, {})]),
    ...makePoolerRole(pooler, find('Cluster', cluster)),
    made(deployment, name, frame, {
      spec: {
        replicas: numberAt(pooler, 'spec', 'instances') ?? 1,
        selector: { matchLabels: selector },
        ...strategyOf(pooler),
        template: {
          metadata: { labels: { ...templateLabels(pooler), ...labels } },
          spec: poolerPod(pooler, find('Cluster', cluster), cluster),
        },
      },
    }),
    made(service, name, frame, {
      spec: { ...poolerService(valueAt(pooler, 'spec', 'serviceTemplate', 'spec')), selector },
    }),
  ]
}

/** A template with the type and the port that the operator adds to it. */
export function poolerService(template: unknown): JsonObject {
  const port = { name: 'pgbouncer', port: 5432, targetPort: 'pgbouncer', protocol: 'TCP' }
  return withPort({ type: 'ClusterIP', ...((template ?? {}) as JsonObject) }, port)
}

function strategyOf(pooler: Manifest): JsonObject {
  const strategy = valueAt(pooler, 'spec', 'deploymentStrategy')
  return strategy === undefined ? {} : { strategy: strategy as JsonObject }
}

function templateLabels(pooler: Manifest): JsonObject {
  return Object.fromEntries(entriesAt(pooler, 'spec', 'template', 'metadata', 'labels')) as JsonObject
}

/** The template with what the operator puts into it; the init container has the resources of the pod, if it has any. */
function poolerPod(pooler: Manifest, cluster: Manifest | undefined, name: string): JsonObject {
  const certificate = (key: string, suffix: string): JsonObject => {
    const secretName = textAt(cluster, 'spec', 'certificates', key) ?? `${name}-${suffix}`
    return { secret: { secretName } }
  }
  const template = (valueAt(pooler, 'spec', 'template', 'spec') ?? {}) as JsonObject
  const own =
    (itemsAt(template, 'containers') as readonly JsonObject[]).find(
      (container) => container['name'] === 'pgbouncer',
    ) ?? {}
  const ports = [
    { name: 'pgbouncer', containerPort: 5432, protocol: 'TCP' },
    { name: 'metrics', containerPort: 9127, protocol: 'TCP' },
  ]
  const { resources } = template
  const others = (key: string, name: string) =>
    (itemsAt(template, key) as readonly JsonObject[]).filter((container) => container['name'] !== name)
  return {
    ...template,
    securityContext: {
      runAsNonRoot: true,
      runAsUser: 998,
      runAsGroup: 996,
      fsGroup: 996,
      seccompProfile: { type: 'RuntimeDefault' },
    },
    serviceAccountName: textAt(pooler, 'spec', 'serviceAccountName') ?? pooler.metadata.name,
    initContainers: [
      ...others('initContainers', 'bootstrap-controller'),
      {
        name: 'bootstrap-controller',
        image: 'operator',
        securityContext: hardened,
        ...(resources !== undefined && { resources }),
      },
    ],
    containers: [
      { image: 'pgbouncer', ...own, name: 'pgbouncer', ports, securityContext: hardened },
      ...others('containers', 'pgbouncer'),
    ],
    volumes: [
      ...(itemsAt(template, 'volumes') as readonly JsonObject[]),
      { name: 'ca', ...certificate('serverCASecret', 'ca') },
      { name: 'server-tls', ...certificate('serverTLSSecret', 'server') },
      { name: 'scratch-data', emptyDir: {} },
    ],
  }
}
