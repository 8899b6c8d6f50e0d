import { groupOf } from '@opencore/contract'
import type { KubernetesClient } from '../kubernetes/client.ts'
import type { KubernetesObject, ObjectRef, Status } from '../kubernetes/kubernetes-object.ts'
import type { Application } from './application.ts'
import { draftNext, MAKERS, type Maker, type MakerKind } from './makers.ts'

interface Pod extends KubernetesObject {
  status?: { conditions?: { type: string; status: string; reason?: string; message?: string }[] }
}

const DEPLOYMENT = { apiVersion: 'apps/v1', kind: 'Deployment' }
const POD = { apiVersion: 'v1', kind: 'Pod' }

/** What an Application's objects are refused, a line each. */
export type ReadBlocked = (application: Pick<Application, 'status'>) => Promise<string[]>

/**
 * Whether the API server refuses pods that an Application's objects are to have, or the scheduler has no node for one: each
 * object, and their words. Of a refusal it is asked anew, by a dry run as the controller: a controller that was refused
 * waits ever longer before it tries again, so what it said last may be long mended. Each namespace is read once.
 */
export function createBlockedReader(client: KubernetesClient): ReadBlocked {
  const namespaces = new Map<string, Promise<Seen>>()
  const see = (namespace: string) => {
    const known = namespaces.get(namespace) ?? readNamespace(client, namespace)
    namespaces.set(namespace, known)
    return known
  }
  return async ({ status }) => {
    const resources = (status?.resources ?? []).flatMap(({ namespace, ...each }) =>
      namespace === undefined ? [] : [{ ...each, namespace }],
    )
    const own = new Map(
      resources.map(({ group = '', kind, name, namespace }) => [
        [group, kind, namespace, name].join('/'),
        `${kind} ${name}`,
      ]),
    )
    const seen = await Promise.all([...new Set(resources.map(({ namespace }) => namespace))].map(see))
    const lines = await Promise.all(seen.map((each) => describeSeen(client, each, own)))
    return [...new Map(lines.flat().map(([title, words]) => [title, `${title}: ${words}`])).values()]
  }
}

/** What of a namespace matters, by key; and of it the pods, and what lacks some. */
interface Seen {
  all: ReadonlyMap<string, KubernetesObject>
  pods: readonly Pod[]
  lacking: readonly { maker: Maker; kind: MakerKind }[]
}

async function readNamespace(client: KubernetesClient, namespace: string): Promise<Seen> {
  const list = async <T extends KubernetesObject>({
    apiVersion,
    kind,
  }: Pick<ObjectRef, 'apiVersion' | 'kind'>) => {
    const { items } = await client.list<T>({ apiVersion, kind }, { namespace })
    return items.map((item) => ({ ...item, apiVersion, kind }))
  }
  const [pods, deployments, makers] = await Promise.all([
    list<Pod>(POD),
    list(DEPLOYMENT),
    Promise.all(MAKERS.map(async (kind) => (await list<Maker>(kind)).map((maker) => ({ maker, kind })))),
  ])
  const all = [...deployments, ...makers.flat().map(({ maker }) => maker), ...pods]
  return {
    all: new Map(all.map((each) => [keyOf(each), each])),
    pods,
    lacking: makers.flat().filter(({ maker, kind }) => kind.lacks(maker)),
  }
}

/** By the title of the Application's own object: what is refused, and what has no node. */
async function describeSeen(
  client: KubernetesClient,
  { all, pods, lacking }: Seen,
  own: ReadonlyMap<string, string>,
): Promise<[string, string][]> {
  const unplaced = pods.flatMap((pod): [string, string][] => {
    const title = findTitle(pod, own, all)
    const words = describeUnplaced(pod)
    return title === undefined || words === undefined ? [] : [[title, words]]
  })
  const refused = await Promise.all(
    lacking.map(async ({ maker, kind }): Promise<[string, string][]> => {
      const title = findTitle(maker, own, all)
      const words = title === undefined ? undefined : await askForNext(client, maker, kind)
      return title === undefined || words === undefined ? [] : [[title, words]]
    }),
  )
  return [...unplaced, ...refused.flat()]
}

function describeUnplaced({ metadata, status }: Pod): string | undefined {
  const placed = status?.conditions?.find(({ type }) => type === 'PodScheduled')
  if (placed?.status !== 'False' || placed.reason !== 'Unschedulable') return undefined
  return `pod ${metadata.name} has no node: ${placed.message ?? ''}`
}

/** The API server's words where it refuses what comes next. */
async function askForNext(
  client: KubernetesClient,
  maker: Maker,
  { account }: MakerKind,
): Promise<string | undefined> {
  for (const draft of draftNext(maker)) {
    const path = await client.pathOf({ ...draft, metadata: { namespace: draft.metadata.namespace ?? '' } })
    const content = { type: 'application/json', value: draft }
    const who = `system:serviceaccount:kube-system:${account}`
    const { status, body } = await client.send('POST', `${path}?dryRun=All`, content, who)
    if (status >= 300) return (body as Status).message
  }
  return undefined
}

/** The Application's own object that this one is, or was made of. */
function findTitle(
  object: ObjectRef & Partial<KubernetesObject>,
  own: ReadonlyMap<string, string>,
  all: ReadonlyMap<string, KubernetesObject>,
): string | undefined {
  const title = own.get(keyOf(object))
  if (title !== undefined) return title
  const [owner] = all.get(keyOf(object))?.metadata.ownerReferences ?? []
  if (owner === undefined) return undefined
  const { namespace = 'default' } = object.metadata
  const { apiVersion, kind, name } = owner
  return findTitle({ apiVersion, kind, metadata: { name, namespace } }, own, all)
}

const keyOf = (object: ObjectRef) =>
  [groupOf(object), object.kind, object.metadata.namespace ?? 'default', object.metadata.name].join('/')
