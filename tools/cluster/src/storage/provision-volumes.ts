import type { KubernetesClient } from '../kubernetes/client.ts'
import type { KubernetesObject } from '../kubernetes/kubernetes-object.ts'
import { actOnChanges } from '../kubernetes/act-on-changes.ts'
import type { CustomResource } from '../kubernetes/custom-resource.ts'

const fieldManager = 'provisioner'
const CLAIM = { apiVersion: 'v1', kind: 'PersistentVolumeClaim' }
interface Claim extends CustomResource {
  spec: {
    storageClassName?: string
    volumeName?: string
    accessModes: string[]
    resources: { requests: { storage: string } }
  }
}

/** What volumes are made of. */
export interface Storage {
  /** The default class. */
  name: string
  expandable: boolean
  /** The volume's source, made where this node reads it, and the label of nodes that binds the volume to its place. */
  make: (node: string, uid: string) => Promise<object>
  place: string
}

/** Nothing is written: a volume is in the zone of the node that the scheduler chose, as a cloud's disks are. */
export const simulatedStorage: Storage = {
  name: 'simulated',
  expandable: true,
  make: (_, uid) => Promise.resolve({ hostPath: { path: `/volumes/${uid}` } }),
  place: 'topology.kubernetes.io/zone',
}

/**
 * The storage of one environment until the signal: volumes in the place of the node that the scheduler chose, which bind a
 * claim to that place for good. Classes that are not there are made as claims name them, since every cluster calls them
 * otherwise. What was written stays until the platform's data are removed.
 */
export async function provisionVolumes(
  client: KubernetesClient,
  storage: Storage,
  signal: AbortSignal,
): Promise<void> {
  await client.apply(storageClass(storage, storage.name), { fieldManager })
  const classes = new Set([storage.name])
  await actOnChanges(client, [CLAIM], { signal, interval: 500 }, async (claims) => {
    const pending = ([...claims.values()] as Claim[]).filter(({ spec }) => spec.volumeName === undefined)
    const provided = await Promise.allSettled(
      pending.map((claim) => provision(client, storage, claim, classes)),
    )
    return provided.some(({ status }) => status === 'rejected')
  })
}

/** A class for the claim and, once the scheduler has chosen a node, a volume in its zone. */
async function provision(
  client: KubernetesClient,
  storage: Storage,
  claim: Claim,
  classes: Set<string>,
): Promise<void> {
  const { name, namespace, uid, annotations } = claim.metadata
  const { storageClassName = storage.name, accessModes, resources } = claim.spec
  if (!classes.has(storageClassName)) await ensureClass(client, storage, storageClassName)
  classes.add(storageClassName)
  const chosen = annotations?.['volume.kubernetes.io/selected-node']
  if (chosen === undefined) return
  const node = await client.get({ apiVersion: 'v1', kind: 'Node', metadata: { name: chosen } })
  const { place } = storage
  const values = [node?.metadata.labels?.[place] ?? '']
  const terms = [{ matchExpressions: [{ key: place, operator: 'In', values }] }]
  const volume = {
    apiVersion: 'v1',
    kind: 'PersistentVolume',
    metadata: { name: `pvc-${uid}` },
    spec: {
      accessModes,
      capacity: { storage: resources.requests.storage },
      claimRef: { ...CLAIM, name, namespace, uid },
      ...(await storage.make(chosen, uid)),
      nodeAffinity: { required: { nodeSelectorTerms: terms } },
      persistentVolumeReclaimPolicy: 'Retain',
      storageClassName,
    },
  }
  await client.apply(volume, { fieldManager })
}

/** One that somebody made stays as it is. */
async function ensureClass(client: KubernetesClient, storage: Storage, name: string): Promise<void> {
  const wanted = storageClass(storage, name)
  if ((await client.get(wanted)) === undefined) await client.apply(wanted, { fieldManager })
}

function storageClass(storage: Storage, name: string): KubernetesObject {
  const annotations = { 'storageclass.kubernetes.io/is-default-class': String(name === storage.name) }
  return {
    apiVersion: 'storage.k8s.io/v1',
    kind: 'StorageClass',
    metadata: { name, annotations },
    provisioner: `opencore.dev/${storage.name}`,
    volumeBindingMode: 'WaitForFirstConsumer',
    allowVolumeExpansion: storage.expandable,
  }
}
