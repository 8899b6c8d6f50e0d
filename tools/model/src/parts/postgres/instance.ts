import type { Json, JsonObject } from '../../json.ts'
import { entriesAt, itemsAt, numberAt, textAt, valueAt } from '../../read-value.ts'
import type { Labels } from '../end.ts'
import { pick, type Manifest, type Neighbours } from '../made.ts'
import { tablespaceVolume } from './tablespace-volume.ts'

/** pkg/specs/containers.go, GetSecurityContext. */
export const hardened: JsonObject = {
  seccompProfile: { type: 'RuntimeDefault' },
  capabilities: { drop: ['ALL'] },
  privileged: false,
  runAsNonRoot: true,
  readOnlyRootFilesystem: true,
  allowPrivilegeEscalation: false,
}

/** Labels that everything of a cluster has, beside the operator's own. */
export function applicationLabels(cluster: string, component: string): JsonObject & Labels {
  return {
    'app.kubernetes.io/name': 'postgresql',
    'app.kubernetes.io/instance': cluster,
    'app.kubernetes.io/component': component,
    'app.kubernetes.io/managed-by': 'cloudnative-pg',
  }
}

/** The plugin of backups, whose sidecar is in every instance and every Job. */
export const BARMAN = 'barman-cloud.cloudnative-pg.io'

/** pkg/specs/pods.go, GetPodSecurityContext: the user is 26 unless the cluster says otherwise. */
export function podSecurity(cluster: Manifest): JsonObject {
  const group = numberAt(cluster, 'spec', 'postgresGID') ?? 26
  const defaults: JsonObject = {
    seccompProfile: { type: 'RuntimeDefault' },
    runAsUser: numberAt(cluster, 'spec', 'postgresUID') ?? 26,
    runAsGroup: group,
    runAsNonRoot: true,
    fsGroup: group,
  }
  const defined = valueAt(cluster, 'spec', 'podSecurityContext') as JsonObject | undefined
  return defined ? { ...pick(defaults, 'seccompProfile', 'runAsUser', 'runAsGroup'), ...defined } : defaults
}

/** The one container of an instance or a Job, after the bootstrap of the same size; backups bring a sidecar. */
export function instanceContainers(cluster: Manifest, name: string, neighbours: Neighbours): JsonObject {
  const defined = valueAt(cluster, 'spec', 'securityContext') as JsonObject | undefined
  const shared = {
    securityContext: { ...hardened, ...defined },
    ...pick(valueAt(cluster, 'spec'), 'resources'),
  }
  const image = textAt(cluster, 'spec', 'imageName') ?? 'postgresql'
  const ports = [
    { name: 'postgresql', containerPort: 5432, protocol: 'TCP' },
    { name: 'metrics', containerPort: 9187, protocol: 'TCP' },
    { name: 'status', containerPort: 8000, protocol: 'TCP' },
  ]
  const isInstance = name === 'postgres'
  return {
    initContainers: [
      { name: 'bootstrap-controller', image: 'operator', ...shared },
      ...barmanSidecars(cluster, isInstance, neighbours),
    ],
    containers: [{ name, image, ...shared, ...(isInstance && { ports }) }],
  }
}

/**
 * plugin-barman-cloud 0.14, internal/cnpgi/operator/lifecycle.go: in instances and in Jobs that restore, an init
 * container that never ends; its resources are those of the ObjectStore.
 */
function barmanSidecars(cluster: Manifest, isInstance: boolean, neighbours: Neighbours): JsonObject[] {
  const store = isInstance ? ownStore(cluster) : recoveryStore(cluster)
  if (store === undefined) return []
  const resources = valueAt(
    neighbours.find('ObjectStore', store),
    'spec',
    'instanceSidecarConfiguration',
    'resources',
  ) as JsonObject | undefined
  return [
    {
      name: 'plugin-barman-cloud',
      image: 'plugin-barman-cloud-sidecar',
      restartPolicy: 'Always',
      securityContext: hardened,
      ...(resources && { resources }),
    },
  ]
}

function ownStore(cluster: Manifest): string | undefined {
  const plugin = itemsAt(cluster, 'spec', 'plugins').find((each) => textAt(each, 'name') === BARMAN)
  return textAt(plugin, 'parameters', 'barmanObjectName')
}

function recoveryStore(cluster: Manifest): string | undefined {
  const source = textAt(cluster, 'spec', 'bootstrap', 'recovery', 'source')
  const external = itemsAt(cluster, 'spec', 'externalClusters').find(
    (each) => textAt(each, 'name') === source,
  )
  return source === undefined ? undefined : textAt(external, 'plugin', 'parameters', 'barmanObjectName')
}

/** pkg/specs/volumes.go: claims of the instance, and what is gone with the pod. */
export function volumesOf(cluster: Manifest, instance: string): JsonObject[] {
  const limits = valueAt(cluster, 'spec', 'ephemeralVolumesSizeLimit')
  const claimed = (name: string, claimName: string) => ({ name, persistentVolumeClaim: { claimName } })
  const limited = (key: string): JsonObject => {
    const limit = valueAt(limits, key)
    return limit === undefined ? {} : { sizeLimit: limit as Json }
  }
  const ephemeral = valueAt(cluster, 'spec', 'ephemeralVolumeSource') as JsonObject | undefined
  const projected = valueAt(cluster, 'spec', 'projectedVolumeTemplate') as JsonObject | undefined
  return [
    claimed('pgdata', instance),
    { name: 'scratch-data', ...(ephemeral ? { ephemeral } : { emptyDir: limited('temporaryData') }) },
    { name: 'shm', emptyDir: { medium: 'Memory', ...limited('shm') } },
    ...(valueAt(cluster, 'spec', 'walStorage') === undefined ? [] : [claimed('pg-wal', `${instance}-wal`)]),
    ...itemsAt(cluster, 'spec', 'tablespaces').map((tablespace) => {
      const name = tablespaceVolume(textAt(tablespace, 'name') ?? '')
      return claimed(`tbs-${name}`, `${instance}-tbs-${name}`)
    }),
    ...(projected ? [{ name: 'projected', projected }] : []),
  ]
}

/** pkg/specs/pods.go, CreateAffinitySection: Jobs of the cluster have the same. */
export function affinityOf(cluster: Manifest): JsonObject {
  const given = valueAt(cluster, 'spec', 'affinity')
  const term = {
    labelSelector: {
      matchExpressions: [
        { key: 'cnpg.io/cluster', operator: 'In', values: [cluster.metadata.name] },
        { key: 'cnpg.io/podRole', operator: 'In', values: ['instance'] },
      ],
    },
    topologyKey: textAt(given, 'topologyKey') ?? 'kubernetes.io/hostname',
  }
  const isOff = valueAt(given, 'enablePodAntiAffinity') === false
  const type = isOff ? undefined : textAt(given, 'podAntiAffinityType')
  const additional = valueAt(given, 'additionalPodAntiAffinity')
  const list = (key: string) => (valueAt(additional, key) ?? []) as readonly JsonObject[]
  const required = [
    ...(type === 'required' ? [term] : []),
    ...list('requiredDuringSchedulingIgnoredDuringExecution'),
  ]
  const preferred = [
    ...(type === 'preferred' ? [{ weight: 100, podAffinityTerm: term }] : []),
    ...list('preferredDuringSchedulingIgnoredDuringExecution'),
  ]
  const podAntiAffinity = {
    ...(required.length > 0 && { requiredDuringSchedulingIgnoredDuringExecution: required }),
    ...(preferred.length > 0 && { preferredDuringSchedulingIgnoredDuringExecution: preferred }),
  }
  const podAffinity = valueAt(given, 'additionalPodAffinity') as JsonObject | undefined
  const nodeAffinity = valueAt(given, 'nodeAffinity') as JsonObject | undefined
  return {
    ...pick(given, 'tolerations'),
    ...(entriesAt(given, 'nodeSelector').length > 0 && pick(given, 'nodeSelector')),
    affinity: {
      ...(Object.keys(podAntiAffinity).length > 0 && { podAntiAffinity }),
      ...(podAffinity && { podAffinity }),
      ...(nodeAffinity && { nodeAffinity }),
    },
  }
}
