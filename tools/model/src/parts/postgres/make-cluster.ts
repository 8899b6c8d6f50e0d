import type { JsonObject } from '../../json.ts'
import { entriesAt, itemsAt, numberAt, textAt, valueAt } from '../../read-value.ts'
import {
  claim,
  job,
  made,
  pick,
  pod,
  runsBefore,
  serials,
  serviceAccount,
  type Frame,
  type Maker,
  type Manifest,
} from '../made.ts'
import { affinityOf, applicationLabels, instanceContainers, podSecurity, volumesOf } from './instance.ts'
import { makeBudgets, makeServices } from './make-access.ts'
import { makeInstanceRole } from './make-roles.ts'
import { makeSecrets } from './make-secrets.ts'
import { tablespaceVolume } from './tablespace-volume.ts'

/**
 * What CloudNativePG 1.30 makes of a Cluster: pkg/specs/{pods,jobs,services,volumes,poddisruptionbudget}.go and
 * api/v1/cluster_funcs.go. All instances are there, and the Job that each of them begins with.
 */
export const makeCluster: Maker = (cluster, neighbours) => {
  const { name, namespace = 'default' } = cluster.metadata
  const own = { 'cnpg.io/cluster': name }
  const frame: Frame = { namespace, labels: { ...own, ...applicationLabels(name, 'database') } }
  const instances = serials(numberAt(cluster, 'spec', 'instances') ?? 1, 1)
  return [
    // One that is named has to be there already: createOrPatchServiceAccount in internal/controller/cluster_create.go.
    ...(textAt(cluster, 'spec', 'serviceAccountName') === undefined
      ? [made(serviceAccount, name, frame, {})]
      : []),
    ...makeInstanceRole(cluster, neighbours),
    ...instances.flatMap((serial) => makeClaims(cluster, `${name}-${serial}`, frame)),
    ...instances.flatMap((serial) => makeInstance(cluster, serial, frame, neighbours)),
    ...makeServices(cluster, frame),
    ...makeSecrets(cluster, frame, neighbours),
    ...makeBudgets(cluster, frame, instances.length),
  ]
}

function makeInstance(
  cluster: Manifest,
  serial: number,
  frame: Frame,
  neighbours: Parameters<Maker>[1],
): Manifest[] {
  const { name } = cluster.metadata
  const instance = `${name}-${serial}`
  const role = serial === 1 ? firstJob(cluster) : 'join'
  const shared = {
    volumes: volumesOf(cluster, instance),
    securityContext: podSecurity(cluster),
    serviceAccountName: textAt(cluster, 'spec', 'serviceAccountName') ?? name,
    ...affinityOf(cluster),
    ...pick(valueAt(cluster, 'spec'), 'topologySpreadConstraints', 'priorityClassName', 'schedulerName'),
  }
  const inherited = Object.fromEntries(entriesAt(cluster, 'spec', 'inheritedMetadata', 'labels'))
  const labels = {
    ...(inherited as Frame['labels']),
    ...frame.labels,
    'cnpg.io/instanceName': instance,
  }
  const instanceLabels = {
    ...labels,
    'cnpg.io/podRole': 'instance',
    'cnpg.io/instanceRole': serial === 1 ? 'primary' : 'replica',
  }
  const jobLabels = { ...labels, 'cnpg.io/jobRole': role }
  const jobPod = { ...shared, ...instanceContainers(cluster, role, neighbours), restartPolicy: 'Never' }
  const instanceFrame = { ...frame, labels: instanceLabels }
  const jobFrame = { ...frame, labels: jobLabels, annotations: { [runsBefore]: instance } }
  const template = { metadata: { labels: jobLabels }, spec: jobPod }
  return [
    made(job, `${instance}-${role}`, jobFrame, { spec: { template } }),
    made(pod, instance, instanceFrame, {
      spec: { ...shared, ...instanceContainers(cluster, 'postgres', neighbours) },
    }),
  ]
}

/** How the first instance comes to its data: pkg/specs/jobs.go. */
function firstJob(cluster: Manifest): string {
  const bootstrap = valueAt(cluster, 'spec', 'bootstrap')
  if (valueAt(bootstrap, 'recovery', 'volumeSnapshots') !== undefined) return 'snapshot-recovery'
  if (valueAt(bootstrap, 'recovery') !== undefined) return 'full-recovery'
  if (valueAt(bootstrap, 'pg_basebackup') !== undefined) return 'pgbasebackup'
  return valueAt(bootstrap, 'initdb', 'import') === undefined ? 'initdb' : 'import'
}

/** pkg/reconciler/persistentvolumeclaim: data, WAL where it has a volume of its own, and one for each tablespace. */
function makeClaims(cluster: Manifest, instance: string, frame: Frame): Manifest[] {
  const labels = { ...frame.labels, 'cnpg.io/instanceName': instance }
  const one = (name: string, role: string, storage: unknown) =>
    made(
      claim,
      name,
      { ...frame, labels: { ...labels, 'cnpg.io/pvcRole': role } },
      { spec: claimSpec(storage) },
    )
  const wal = valueAt(cluster, 'spec', 'walStorage')
  return [
    one(instance, 'PG_DATA', valueAt(cluster, 'spec', 'storage')),
    ...(wal === undefined ? [] : [one(`${instance}-wal`, 'PG_WAL', wal)]),
    ...itemsAt(cluster, 'spec', 'tablespaces').map((tablespace) =>
      one(
        `${instance}-tbs-${tablespaceVolume(textAt(tablespace, 'name') ?? '')}`,
        'PG_TABLESPACE',
        valueAt(tablespace, 'storage'),
      ),
    ),
  ]
}

function claimSpec(storage: unknown): JsonObject {
  const template = (valueAt(storage, 'pvcTemplate') ?? {}) as JsonObject
  const size = textAt(storage, 'size') ?? textAt(template, 'resources', 'requests', 'storage') ?? '0'
  const storageClass = textAt(storage, 'storageClass')
  return {
    accessModes: ['ReadWriteOnce'],
    ...template,
    ...(storageClass !== undefined && { storageClassName: storageClass }),
    resources: { requests: { storage: size } },
  }
}
