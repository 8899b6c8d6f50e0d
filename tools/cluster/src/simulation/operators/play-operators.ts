import { groupOf } from '@opencore/contract'
import { listMade, madeInto, madeKinds, readKinds, runsBefore } from '@opencore/model'
import type { KubernetesClient } from '../../kubernetes/client.ts'
import type { KindRef, KubernetesObject } from '../../kubernetes/kubernetes-object.ts'
import { readMakers, type Makers } from '../../judge/controls.ts'
import { actOnChanges } from '../../kubernetes/act-on-changes.ts'
import { keyOf, type CustomResource } from '../../kubernetes/custom-resource.ts'
import { describePods } from './describe-wait.ts'
import { makeObjects, type Applied } from './make-objects.ts'
import { isMadeOf, madeOfSomething } from './own.ts'
import { tellTrouble } from './tell-trouble.ts'

/**
 * Plays the operators of one environment until the signal: what they would make of each resource is made, so that the
 * API server's own admission and quotas and the scheduler judge it. A resource whose pods all run is marked with the
 * generation that they are of, and only then does its stage play the status; trouble is written down on it.
 */
export async function playOperators(client: KubernetesClient, signal: AbortSignal): Promise<void> {
  const kinds = [
    ...(await listKinds(client)),
    ...madeInto.map((kind) => ({ ...kind, labelSelector: madeOfSomething })),
  ]
  const played = new Map<string, Played>()
  await actOnChanges(client, kinds, { signal, interval: 1000 }, async (resources) => {
    for (const key of played.keys()) if (!resources.has(key)) played.delete(key)
    const states = []
    const makers = await findMakers(client)
    for (const [key, resource] of resources) {
      if (!madeKinds.includes(`${groupOf(resource)}/${resource.kind}`)) continue
      const { uid } = resource.metadata
      const known = played.get(key)
      const state = known?.uid === uid ? known : { uid, runs: undefined, applied: new Map() }
      played.set(key, state)
      states.push(await play(client, resource, { resources, makers, state }))
    }
    return states.includes('waiting')
  })
}

/** What is known of a resource: what of it runs, as text, and what was made of it. */
interface Played {
  uid: string
  runs: string | undefined
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
  let missing: string | undefined
  const find = (kind: string, name: string) => {
    const found = resources.get(keyOf({ ...resource, kind, metadata: { namespace, name } }))
    if (!found) missing = `${kind} ${name} is not there`
    return found
  }
  const all = (kind: string) =>
    [...resources.values()].filter((each) => each.kind === kind && each.metadata.namespace === namespace)
  const made = listMade(resource, { find, all }) as KubernetesObject[]
  // Follows from the resource, from those that its maker looks up, and from what becomes of what was made.
  const text = JSON.stringify([generation, made])
  if (missing === undefined && state.runs === text && isThere(made, resources, resource)) return 'running'
  const account = makers[groupOf(resource)]
  const known = { applied: state.applied, followed: resources, account }
  const trouble = missing ?? (await makeObjects(client, resource, made, known))
  await tellTrouble(client, resource, trouble)
  state.runs = trouble === undefined ? text : undefined
  return trouble === undefined ? 'running' : 'waiting'
}

/** Whether all of it is there, but for Jobs that ran before a pod, and every pod of the resource runs. */
function isThere(
  made: readonly KubernetesObject[],
  followed: ReadonlyMap<string, CustomResource>,
  resource: CustomResource,
): boolean {
  const pods = [...followed.values()].filter((each) => each.kind === 'Pod' && isMadeOf(each, resource))
  const lasting = made.filter(({ metadata }) => metadata.annotations?.[runsBefore] === undefined)
  return lasting.every((object) => followed.has(keyOf(object))) && describePods(pods) === undefined
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
