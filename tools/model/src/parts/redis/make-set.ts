import { isList, type JsonObject } from '../../json.ts'
import { entriesAt, numberAt, textAt, valueAt } from '../../read-value.ts'
import { made, pick, service, statefulSet, type Manifest } from '../made.ts'

/** Pods of one role: their StatefulSet, and what the resource says of that role. */
export interface RedisSet {
  /** Name of the StatefulSet, which is also the container's and, before the pod's name, that of its claims. */
  name: string
  setup: 'standalone' | 'replication' | 'cluster' | 'sentinel'
  role: string
  replicas: number
  /** Where the resource says where pods of the role run: `spec`, or `spec.redisLeader`. */
  placement: unknown
  resources: unknown
  securityContext: unknown
  /** Sentinels keep nothing. */
  keeps: boolean
  /** The one Service of sentinels inside a replication. */
  onlyService?: string
}

/**
 * What redis-operator 0.26 makes of one role: internal/k8sutils/{statefulset,services,labels}.go. Labels of the
 * resource go on to the pods; the claims of a StatefulSet are its controller's.
 */
export function makeSet(owner: Manifest, set: RedisSet): Manifest[] {
  const { namespace = 'default' } = owner.metadata
  const stable = { app: set.name, redis_setup_type: set.setup, role: set.role }
  const given = Object.fromEntries(entriesAt(owner.metadata.labels)) as Record<string, string>
  const labels = { ...given, ...stable, ...(set.setup === 'cluster' && { cluster: owner.metadata.name }) }
  const frame = { namespace, labels }
  const templates = set.keeps ? claimTemplates(owner, set) : []
  const spec = {
    replicas: set.replicas,
    serviceName: `${set.name}-headless`,
    selector: { matchLabels: stable },
    ...pick(valueAt(owner, 'spec', 'kubernetesConfig'), 'updateStrategy', 'minReadySeconds'),
    template: { metadata: { labels }, spec: podSpec(owner, set) },
    volumeClaimTemplates: templates,
  }
  return [made(statefulSet, set.name, frame, { spec }), ...makeServices(owner, set, stable)]
}

function podSpec(owner: Manifest, set: RedisSet): JsonObject {
  const volumes = valueAt(owner, 'spec', 'storage', 'volumeMount', 'volume')
  const tls = valueAt(owner, 'spec', 'TLS', 'secret') as JsonObject | undefined
  const acl = valueAt(owner, 'spec', 'acl', 'secret') as JsonObject | undefined
  const spread =
    valueAt(set.placement, 'topologySpreadConstraints') ?? valueAt(set.placement, 'topologySpreadConstrains')
  const security =
    valueAt(set.placement, 'podSecurityContext') ?? valueAt(owner, 'spec', 'podSecurityContext')
  return {
    ...(security !== undefined && { securityContext: security as JsonObject }),
    ...pick(set.placement, 'affinity', 'tolerations', 'nodeSelector'),
    ...pick(valueAt(owner, 'spec'), 'priorityClassName', 'serviceAccountName'),
    ...(spread !== undefined && { topologySpreadConstraints: spread as JsonObject }),
    ...(set.setup === 'cluster' && pick(valueAt(owner, 'spec'), 'hostNetwork')),
    initContainers: initContainersOf(owner, set),
    containers: containersOf(owner, set),
    volumes: [
      { name: 'config', emptyDir: {} },
      ...((isList(volumes) ? volumes : []) as readonly JsonObject[]),
      ...(tls ? [{ name: 'tls-certs', secret: tls }] : []),
      ...(acl ? [{ name: 'acl-secret', secret: acl }] : []),
    ],
  }
}

function containersOf(owner: Manifest, set: RedisSet): JsonObject[] {
  const exporter = valueAt(owner, 'spec', 'redisExporter')
  const hasExporter = valueAt(exporter, 'enabled') === true
  const port = numberAt(exporter, 'port') ?? 9121
  const sidecars = valueAt(owner, 'spec', 'sidecars')
  const hostPort = numberAt(owner, 'spec', 'hostPort')
  return [
    {
      name: set.name,
      image: textAt(owner, 'spec', 'kubernetesConfig', 'image') ?? 'redis',
      ...(set.securityContext !== undefined && { securityContext: set.securityContext as JsonObject }),
      ...(set.resources !== undefined && { resources: set.resources as JsonObject }),
      ...(hostPort !== undefined && {
        ports: [{ hostPort, containerPort: set.role === 'sentinel' ? 26379 : 6379 }],
      }),
    },
    ...(hasExporter
      ? [
          {
            name: 'redis-exporter',
            image: textAt(exporter, 'image') ?? 'redis-exporter',
            ports: [{ name: 'redis-exporter', containerPort: port, protocol: 'TCP' }],
            ...pick(exporter, 'securityContext', 'resources'),
          },
        ]
      : []),
    ...((isList(sidecars) ? sidecars : []) as readonly JsonObject[]).map((sidecar) =>
      pick(sidecar, 'name', 'image', 'securityContext', 'resources', 'ports'),
    ),
  ]
}

/** The operator's own, which writes the configuration, and one of the resource; both may do what the resource says of its own. */
function initContainersOf(owner: Manifest, set: RedisSet): JsonObject[] {
  const given = valueAt(owner, 'spec', 'initContainer')
  const security = pick(given, 'securityContext')
  return [
    {
      name: 'init-config',
      image: 'operator',
      ...security,
      ...(set.resources !== undefined && { resources: set.resources as JsonObject }),
    },
    ...(valueAt(given, 'enabled') === true
      ? [{ name: `init${set.name}`, ...pick(given, 'image', 'securityContext', 'resources') }]
      : []),
  ]
}

/** The data, and where a member of a cluster keeps who the others are. */
function claimTemplates(owner: Manifest, { name }: RedisSet): JsonObject[] {
  const storage = valueAt(owner, 'spec', 'storage')
  const data = valueAt(storage, 'volumeClaimTemplate', 'spec') as JsonObject | undefined
  if (data === undefined) return []
  const nodes = valueAt(storage, 'nodeConfVolumeClaimTemplate', 'spec') as JsonObject | undefined
  const template = (of: string, spec: JsonObject) => ({
    metadata: { name: of },
    spec: { accessModes: ['ReadWriteOnce'], ...spec },
  })
  const hasNodes = valueAt(storage, 'nodeConfVolume') === true && nodes !== undefined
  return [...(hasNodes ? [template('node-conf', nodes)] : []), template(name, data)]
}

/** One with an address, one without, and one for whoever comes from outside. */
function makeServices(owner: Manifest, set: RedisSet, selector: JsonObject): Manifest[] {
  const { namespace = 'default', labels } = owner.metadata
  const frame = { namespace, labels: Object.fromEntries(entriesAt(labels)) as Record<string, string> }
  const port = set.role === 'sentinel' ? 26379 : 6379
  const ports = [
    {
      name: set.role === 'sentinel' ? 'sentinel-client' : 'redis-client',
      port,
      targetPort: port,
      protocol: 'TCP',
    },
  ]
  const additional = valueAt(owner, 'spec', 'kubernetesConfig', 'service', 'additional', 'enabled') !== false
  const type = textAt(owner, 'spec', 'kubernetesConfig', 'service', 'serviceType') ?? 'ClusterIP'
  const role = (value: string) => ({ ...selector, 'redis-role': value })
  const one = (name: string, spec: JsonObject) =>
    made(service, name, frame, { spec: { type: 'ClusterIP', ports, selector, ...spec } })
  if (set.onlyService !== undefined) return [one(set.onlyService, { clusterIP: 'None' })]
  return [
    one(`${set.name}-headless`, { clusterIP: 'None' }),
    one(set.name, {}),
    ...(additional ? [one(`${set.name}-additional`, { type })] : []),
    ...(set.setup === 'replication'
      ? [
          one(`${set.name}-master`, { selector: role('master') }),
          one(`${set.name}-replica`, { selector: role('slave') }),
        ]
      : []),
  ]
}
