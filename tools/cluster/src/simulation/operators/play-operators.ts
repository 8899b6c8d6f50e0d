import { listMade, madeKinds } from '@opencore/model'
import type { KubernetesClient } from '../../kubernetes/client.ts'
import type { KindRef, KubernetesObject } from '../../kubernetes/kubernetes-object.ts'
import { actOnChanges } from './act-on-changes.ts'
import { keyOf, type CustomResource } from './custom-resource.ts'
import { makeObjects } from './make-objects.ts'
import { tellTrouble } from './tell-trouble.ts'

/**
 * Plays the operators of one environment until the signal: what they would make of each resource is made, so that the
 * API server's own admission and quotas and the scheduler judge it. A resource whose pods all run is marked with the
 * generation that they are of, and only then does its stage play the status; trouble is written down on it.
 */
export async function playOperators(client: KubernetesClient, signal: AbortSignal): Promise<void> {
  const kinds = await listKinds(client)
  const settled = new Map<string, string>()
  await actOnChanges(client, kinds, { signal, interval: 1000 }, async (resources) => {
    await playOnce(client, resources, settled)
    return settled.size < resources.size
  })
}

async function playOnce(
  client: KubernetesClient,
  resources: ReadonlyMap<string, CustomResource>,
  settled: Map<string, string>,
): Promise<void> {
  for (const key of settled.keys()) if (!resources.has(key)) settled.delete(key)
  for (const [key, resource] of resources) {
    const { uid, generation = 0, namespace = '', deletionTimestamp } = resource.metadata
    const version = `${uid}/${generation}`
    if (deletionTimestamp !== undefined || settled.get(key) === version) continue
    const sibling = (kind: string, name: string) =>
      resources.get(keyOf({ ...resource, kind, metadata: { namespace, name } }))
    const made = listMade(resource, sibling) as KubernetesObject[]
    const trouble = await makeObjects(client, resource, made)
    await tellTrouble(client, resource, trouble)
    if (trouble === undefined) settled.set(key, version)
  }
}

interface CustomResourceDefinition extends KubernetesObject {
  spec: { group: string; names: { kind: string }; versions: { name: string; storage: boolean }[] }
}

/** The kinds that operators make something of and that this API server has. */
async function listKinds(client: KubernetesClient): Promise<KindRef[]> {
  const { items } = await client.list<CustomResourceDefinition>({
    apiVersion: 'apiextensions.k8s.io/v1',
    kind: 'CustomResourceDefinition',
  })
  const wanted = new Set(madeKinds)
  return items
    .filter(({ spec }) => wanted.has(`${spec.group}/${spec.names.kind}`))
    .map(({ spec }) => ({
      apiVersion: `${spec.group}/${spec.versions.find(({ storage }) => storage)?.name ?? ''}`,
      kind: spec.names.kind,
    }))
}
