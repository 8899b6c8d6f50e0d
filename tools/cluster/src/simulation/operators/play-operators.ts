import { groupOf } from '@opencore/contract'
import { listMade, madeKinds, readKinds } from '@opencore/model'
import type { KubernetesClient } from '../../kubernetes/client.ts'
import type { KindRef, KubernetesObject } from '../../kubernetes/kubernetes-object.ts'
import { readMakers, type Makers } from '../../judge/controls.ts'
import { actOnChanges } from './act-on-changes.ts'
import { keyOf, type CustomResource } from './custom-resource.ts'
import { makeObjects, type Applied } from './make-objects.ts'
import { tellTrouble } from './tell-trouble.ts'

/**
 * Plays the operators of one environment until the signal: what they would make of each resource is made, so that the
 * API server's own admission and quotas and the scheduler judge it. A resource whose pods all run is marked with the
 * generation that they are of, and only then does its stage play the status; trouble is written down on it.
 */
export async function playOperators(client: KubernetesClient, signal: AbortSignal): Promise<void> {
  const kinds = await listKinds(client)
  const played = new Map<string, Played>()
  await actOnChanges(client, kinds, { signal, interval: 1000 }, async (resources) => {
    for (const key of played.keys()) if (!resources.has(key)) played.delete(key)
    const states = []
    const makers = await findMakers(client)
    for (const [key, resource] of resources) {
      if (!madeKinds.includes(`${groupOf(resource)}/${resource.kind}`)) continue
      const { uid } = resource.metadata
      const known = played.get(key)
      const state = known?.uid === uid ? known : { uid, applied: new Map() }
      played.set(key, state)
      states.push(await play(client, resource, { resources, makers, state }))
    }
    return states.includes('waiting')
  })
}

/** What is known of a resource: which of its generations runs, and what was made of it. */
interface Played {
  uid: string
  generation?: number
  applied: Applied
}

async function play(
  client: KubernetesClient,
  resource: CustomResource,
  {
    resources,
    makers,
    state,
  }: { resources: ReadonlyMap<string, CustomResource>; makers: Makers; state: Played },
): Promise<'running' | 'waiting'> {
  const { generation = 0, namespace = '', deletionTimestamp } = resource.metadata
  if (deletionTimestamp !== undefined) return 'waiting'
  if (state.generation === generation) return 'running'
  let missing: string | undefined
  const sibling = (kind: string, name: string) => {
    const found = resources.get(keyOf({ ...resource, kind, metadata: { namespace, name } }))
    if (!found) missing = `${kind} ${name} is not there`
    return found
  }
  const made = listMade(resource, sibling) as KubernetesObject[]
  const account = makers[groupOf(resource)]
  const trouble = missing ?? (await makeObjects(client, resource, made, { applied: state.applied, account }))
  await tellTrouble(client, resource, trouble)
  if (trouble !== undefined) return 'waiting'
  state.generation = generation
  return 'running'
}

/** The accounts of operators, once foundation is there to say them. */
async function findMakers(client: KubernetesClient): Promise<Makers> {
  const kind = { apiVersion: 'admissionregistration.k8s.io/v1', kind: 'ValidatingAdmissionPolicy' }
  return readMakers((await client.list(kind)).items)
}

interface CustomResourceDefinition extends KubernetesObject {
  spec: { group: string; names: { kind: string }; versions: { name: string; storage: boolean }[] }
}

/** The kinds that operators make something of, or look at to do so, and that this API server has. */
async function listKinds(client: KubernetesClient): Promise<KindRef[]> {
  const { items } = await client.list<CustomResourceDefinition>({
    apiVersion: 'apiextensions.k8s.io/v1',
    kind: 'CustomResourceDefinition',
  })
  const wanted = new Set(readKinds)
  return items
    .filter(({ spec }) => wanted.has(`${spec.group}/${spec.names.kind}`))
    .map(({ spec }) => ({
      apiVersion: `${spec.group}/${spec.versions.find(({ storage }) => storage)?.name ?? ''}`,
      kind: spec.names.kind,
    }))
}
