import type { KubernetesClient } from '../../kubernetes/client.ts'
import type { KubernetesObject } from '../../kubernetes/kubernetes-object.ts'
import { actOnChanges } from './act-on-changes.ts'
import type { CustomResource } from './custom-resource.ts'

const fieldManager = 'provisioner'
const PROVISIONER = 'opencore.dev/simulated'
const DEFAULT_CLASS = 'simulated'
const CLAIM = { apiVersion: 'v1', kind: 'PersistentVolumeClaim' }
const ZONE = 'topology.kubernetes.io/zone'
interface Claim extends CustomResource {
  spec: {
    storageClassName?: string
    volumeName?: string
    accessModes: string[]
    resources: { requests: { storage: string } }
  }
}

/**
 * Plays the storage of one environment until the signal: volumes in the zone of the node that the scheduler chose, which
 * bind a claim to that zone for good. Classes that are
 * not there are made as claims name them, since every cluster calls them otherwise.
 */
export async function playProvisioner(client: KubernetesClient, signal: AbortSignal): Promise<void> {
  await client.apply(storageClass(DEFAULT_CLASS), { fieldManager })
  const classes = new Set([DEFAULT_CLASS])
  await actOnChanges(client, [CLAIM], { signal, interval: 500 }, async (claims) => {
    const pending = ([...claims.values()] as Claim[]).filter(({ spec }) => spec.volumeName === undefined)
    const provided = await Promise.allSettled(pending.map((claim) => provision(client, claim, classes)))
    return provided.some(({ status }) => status === 'rejected')
  })
}

/** A class for the claim and, once the scheduler has chosen a node, a volume in its zone. */
async function provision(client: KubernetesClient, claim: Claim, classes: Set<string>): Promise<void> {
  const { name, namespace, uid, annotations } = claim.metadata
  const { storageClassName = DEFAULT_CLASS, accessModes, resources } = claim.spec
  if (!classes.has(storageClassName)) await ensureClass(client, storageClassName)
  classes.add(storageClassName)
  const chosen = annotations?.['volume.kubernetes.io/selected-node']
  if (chosen === undefined) return
  const node = await client.get({ apiVersion: 'v1', kind: 'Node', metadata: { name: chosen } })
  const terms = [
    { matchExpressions: [{ key: ZONE, operator: 'In', values: [node?.metadata.labels?.[ZONE] ?? ''] }] },
  ]
  const volume = {
    apiVersion: 'v1',
    kind: 'PersistentVolume',
    metadata: { name: `pvc-${uid}` },
    spec: {
      accessModes,
      capacity: { storage: resources.requests.storage },
      claimRef: { ...CLAIM, name, namespace, uid },
      hostPath: { path: `/volumes/${uid}` },
      nodeAffinity: { required: { nodeSelectorTerms: terms } },
      persistentVolumeReclaimPolicy: 'Retain',
      storageClassName,
    },
  }
  await client.apply(volume, { fieldManager })
}

/** One that somebody made stays as it is. */
async function ensureClass(client: KubernetesClient, name: string): Promise<void> {
  const wanted = storageClass(name)
  if ((await client.get(wanted)) === undefined) await client.apply(wanted, { fieldManager })
}

function storageClass(name: string): KubernetesObject {
  const annotations = { 'storageclass.kubernetes.io/is-default-class': String(name === DEFAULT_CLASS) }
  return {
    apiVersion: 'storage.k8s.io/v1',
    kind: 'StorageClass',
    metadata: { name, annotations },
    provisioner: PROVISIONER,
    volumeBindingMode: 'WaitForFirstConsumer',
    allowVolumeExpansion: true,
  }
}
