import { setTimeout as sleep } from 'node:timers/promises'
import type { KubernetesClient } from '../../kubernetes/client.ts'
import type { KubernetesObject } from '../../kubernetes/kubernetes-object.ts'
import type { CustomResource } from './custom-resource.ts'
import { followResources } from './follow-resources.ts'

const fieldManager = 'provisioner'
const PROVISIONER = 'opencore.dev/simulated'
const DEFAULT_CLASS = 'simulated'
const CLAIM = { apiVersion: 'v1', kind: 'PersistentVolumeClaim' }
const ZONE = 'topology.kubernetes.io/zone'
/** How often changed claims are looked at, in milliseconds. */
const INTERVAL = 500

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
 * bind a claim to that zone for good. Classes are made as claims name them, since every cluster calls them otherwise.
 */
export async function playProvisioner(client: KubernetesClient, signal: AbortSignal): Promise<void> {
  const claims = new Map<string, CustomResource>()
  const done = new Set<string>()
  let changed = true
  const onChange = () => {
    changed = true
  }
  await client.apply(storageClass(DEFAULT_CLASS, true), { fieldManager })
  const follower = followResources(client, CLAIM, claims, { signal, onChange })
  while (!signal.aborted) {
    if (changed) {
      changed = false
      const pending = [...claims.values()] as Claim[]
      for (const claim of pending)
        if (!done.has(claim.metadata.uid) && claim.spec.volumeName === undefined)
          await provision(client, claim, done).catch(onChange)
    }
    await sleep(INTERVAL, undefined, { signal }).catch(() => undefined)
  }
  await follower
}

/** A class for the claim and, once the scheduler has chosen a node, a volume in its zone. */
async function provision(client: KubernetesClient, claim: Claim, done: Set<string>): Promise<void> {
  const { name, namespace, uid, annotations } = claim.metadata
  const { storageClassName = DEFAULT_CLASS, accessModes, resources } = claim.spec
  if (!done.has(storageClassName) && storageClassName !== DEFAULT_CLASS) {
    await client.apply(storageClass(storageClassName, false), { fieldManager })
    done.add(storageClassName)
  }
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
  done.add(uid)
}

function storageClass(name: string, isDefault: boolean): KubernetesObject {
  const annotations = { 'storageclass.kubernetes.io/is-default-class': String(isDefault) }
  return {
    apiVersion: 'storage.k8s.io/v1',
    kind: 'StorageClass',
    metadata: { name, annotations },
    provisioner: PROVISIONER,
    volumeBindingMode: 'WaitForFirstConsumer',
    allowVolumeExpansion: true,
  }
}
