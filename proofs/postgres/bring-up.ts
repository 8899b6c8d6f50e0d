import type { KubernetesClient, KubernetesObject } from '@opencore/cluster'
import { vi } from 'vitest'

const fieldManager = 'test'
const CLASS = 'encrypted-ssd'
/** Longer than a scheduler and a simulated kubelet take for one pod on a busy machine. */
const PATIENCE = { timeout: 60_000, interval: 500 }

interface Pod extends KubernetesObject {
  spec?: { nodeName?: string }
  status?: { conditions?: { type: string; status: string; reason?: string; message?: string }[] }
}
interface Job extends KubernetesObject {
  status?: { succeeded?: number }
}
interface Claim extends KubernetesObject {
  spec: { volumeName?: string; resources: { requests: { storage: string } } }
}

/**
 * Do in a namespace what the operator does: for each instance its claims, then the Job, then the instance, each when the
 * one before is done. Claims are bound as a cloud binds them: in the zone of the node that the scheduler chose.
 * Returns the zone of each instance; throws with the scheduler's words when one is placed nowhere.
 */
export async function bringUp(
  client: KubernetesClient,
  made: readonly KubernetesObject[],
  namespace: string,
): Promise<string[]> {
  const apply = (object: object) => client.apply(object as KubernetesObject, { fieldManager })
  await apply({ apiVersion: 'v1', kind: 'Namespace', metadata: { name: namespace } })
  await apply({ apiVersion: 'v1', kind: 'ServiceAccount', metadata: { name: 'example', namespace } })
  await apply({
    apiVersion: 'storage.k8s.io/v1',
    kind: 'StorageClass',
    metadata: { name: CLASS },
    provisioner: 'example.com/zonal',
    volumeBindingMode: 'WaitForFirstConsumer',
  })
  const zones: string[] = []
  const kinds = ['PersistentVolumeClaim', 'Job', 'Pod']
  for (const object of made.filter(({ kind }) => kinds.includes(kind))) {
    const { name } = object.metadata
    await apply({ ...object, metadata: { ...object.metadata, namespace } })
    const ref = { apiVersion: object.apiVersion, kind: object.kind, metadata: { name, namespace } }
    if (object.kind === 'Job')
      await vi.waitFor(async () => {
        await provision(client, namespace)
        const job = await client.get<Job>(ref)
        if (!job?.status?.succeeded) throw new Error(`${name} has not ended`)
      }, PATIENCE)
    if (object.kind === 'Pod') zones.push(await place(client, ref))
  }
  return zones
}

/** The zone of the node that a pod is placed on. */
async function place(client: KubernetesClient, ref: KubernetesObject): Promise<string> {
  const nodeName = await vi.waitFor(async () => {
    const pod = await client.get<Pod>(ref)
    const waiting = pod?.status?.conditions?.find(({ reason }) => reason === 'Unschedulable')
    if (!pod?.spec?.nodeName) throw new Error(`${ref.metadata.name} waits: ${waiting?.message ?? ''}`)
    return pod.spec.nodeName
  }, PATIENCE)
  return zoneOf(client, nodeName)
}

async function zoneOf(client: KubernetesClient, name: string): Promise<string> {
  const node = await client.get({ apiVersion: 'v1', kind: 'Node', metadata: { name } })
  return node?.metadata.labels?.['topology.kubernetes.io/zone'] ?? ''
}

/** Give each claim for which the scheduler has chosen a node a volume in that node's zone, and nowhere else. */
async function provision(client: KubernetesClient, namespace: string): Promise<void> {
  const { items } = await client.list<Claim>(
    { apiVersion: 'v1', kind: 'PersistentVolumeClaim' },
    { namespace },
  )
  for (const { metadata, spec } of items) {
    const node = metadata.annotations?.['volume.kubernetes.io/selected-node']
    if (node === undefined || spec.volumeName !== undefined) continue
    const zone = await zoneOf(client, node)
    const expression = { key: 'topology.kubernetes.io/zone', operator: 'In', values: [zone] }
    const volume = {
      apiVersion: 'v1',
      kind: 'PersistentVolume',
      metadata: { name: `${namespace}-${metadata.name}` },
      spec: {
        capacity: { storage: spec.resources.requests.storage },
        accessModes: ['ReadWriteOnce'],
        storageClassName: CLASS,
        claimRef: { apiVersion: 'v1', kind: 'PersistentVolumeClaim', name: metadata.name, namespace },
        csi: { driver: 'example.com', volumeHandle: metadata.name },
        nodeAffinity: { required: { nodeSelectorTerms: [{ matchExpressions: [expression] }] } },
      },
    }
    await client.apply(volume, { fieldManager })
  }
}
