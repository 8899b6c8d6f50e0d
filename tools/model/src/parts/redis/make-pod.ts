import type { JsonObject } from '../../json.ts'
import { itemsAt, numberAt, textAt, valueAt } from '../../read-value.ts'
import { pick, type Manifest } from '../made.ts'
import { exporterPortOf, portOf, type RedisSet } from './redis-set.ts'

/** The pods of one role: generateStatefulSetsDef in internal/k8sutils/statefulset.go. */
export function makePodSpec(owner: Manifest, set: RedisSet): JsonObject {
  const spread =
    valueAt(set.placement, 'topologySpreadConstraints') ?? valueAt(set.placement, 'topologySpreadConstrains')
  const security =
    valueAt(set.placement, 'podSecurityContext') ?? valueAt(owner, 'spec', 'podSecurityContext')
  const shared = set.onlyService === undefined ? valueAt(owner, 'spec') : set.placement
  return {
    ...(security !== undefined && { securityContext: security as JsonObject }),
    ...pick(set.placement, 'affinity', 'tolerations', 'nodeSelector'),
    ...pick(shared, 'priorityClassName', 'serviceAccountName'),
    ...pick(valueAt(owner, 'spec', 'kubernetesConfig'), 'imagePullSecrets'),
    ...(spread !== undefined && { topologySpreadConstraints: spread as JsonObject }),
    ...(set.setup === 'cluster' && pick(valueAt(owner, 'spec'), 'hostNetwork')),
    ...(set.onlyService === undefined
      ? {
          initContainers: initContainersOf(owner, set),
          containers: containersOf(owner, set),
          volumes: volumesOf(owner, set),
        }
      : { containers: [sentinelOf(set)] }),
  }
}

function volumesOf(owner: Manifest, set: RedisSet): JsonObject[] {
  const tls = valueAt(owner, 'spec', 'TLS', 'secret') as JsonObject | undefined
  const acl = valueAt(owner, 'spec', 'acl', 'secret') as JsonObject | undefined
  const settings = set.configuration
  return [
    { name: 'config', emptyDir: {} },
    ...(settings === undefined ? [] : [{ name: 'external-config', configMap: { name: settings } }]),
    ...(itemsAt(owner, 'spec', 'storage', 'volumeMount', 'volume') as readonly JsonObject[]),
    ...(tls ? [{ name: 'tls-certs', secret: tls }] : []),
    ...(acl ? [{ name: 'acl-secret', secret: acl }] : []),
  ]
}

/** The operator's own, which writes the configuration and is as large as the server, and then the resource's. */
function initContainersOf(owner: Manifest, set: RedisSet): JsonObject[] {
  const given = valueAt(owner, 'spec', 'initContainer')
  const security = pick(given, 'securityContext')
  return [
    {
      name: 'init-config',
      image: 'redis-operator',
      ...security,
      ...(set.resources !== undefined && { resources: set.resources as JsonObject }),
    },
    ...(valueAt(given, 'enabled') === true
      ? [{ name: `init${set.name}`, ...security, ...pick(given, 'image', 'resources') }]
      : []),
  ]
}

function containersOf(owner: Manifest, set: RedisSet): JsonObject[] {
  const exporter = valueAt(owner, 'spec', 'redisExporter')
  const port = exporterPortOf(owner)
  const hostPort = numberAt(owner, 'spec', 'hostPort')
  return [
    {
      name: set.name,
      image: textAt(owner, 'spec', 'kubernetesConfig', 'image') ?? 'redis',
      ...(set.securityContext !== undefined && { securityContext: set.securityContext as JsonObject }),
      ...(set.resources !== undefined && { resources: set.resources as JsonObject }),
      ...(hostPort !== undefined && {
        ports: [{ hostPort, containerPort: portOf(set) }],
      }),
    },
    ...(port !== undefined
      ? [
          {
            name: 'redis-exporter',
            image: textAt(exporter, 'image') ?? 'redis-exporter',
            ports: [{ name: 'redis-exporter', containerPort: port, protocol: 'TCP' }],
            ...pick(exporter, 'securityContext', 'resources'),
          },
        ]
      : []),
    ...itemsAt(owner, 'spec', 'sidecars').map((sidecar) =>
      pick(sidecar, 'name', 'image', 'securityContext', 'resources', 'ports'),
    ),
  ]
}

/** Of sentinels inside a replication: internal/controller/redisreplication/redisreplication_sentinel.go. */
function sentinelOf(set: RedisSet): JsonObject {
  const { placement, resources, securityContext } = set
  return {
    name: 'sentinel',
    image: textAt(placement, 'image') ?? 'redis-sentinel',
    ports: [{ name: 'sentinel', containerPort: portOf(set), protocol: 'TCP' }],
    ...(securityContext !== undefined && { securityContext: securityContext as JsonObject }),
    ...(resources !== undefined && { resources: resources as JsonObject }),
  }
}
