import pLimit from 'p-limit'
import { explainRefusal } from '../judge/explain-refusal.ts'
import { withoutValue } from '../judge/without-value.ts'
import type { KubernetesObject, Metadata } from '../kubernetes/kubernetes-object.ts'
import { askEach, CONCURRENCY, tryObject, type Trial } from './try-object.ts'

/** What would become of one object in a cluster, both sides without what the API server notes for itself. */
export interface Preview {
  /** As it runs; nothing of one that is not there. */
  before?: KubernetesObject
  /** As it would run; as it does where that is refused. */
  after?: KubernetesObject
  /** Why the API server refuses it, in its words, but for values. */
  refused: string[]
}

/** Ask an API server what it would make of objects, as a dry run in Argo CD's name. Hooks are left out, they may be gone. */
export async function previewObjects(trial: Trial, objects: readonly KubernetesObject[]): Promise<Preview[]> {
  return askEach(objects, (object) => previewObject(trial, object))
}

async function previewObject(trial: Trial, object: KubernetesObject): Promise<Preview> {
  const { apiVersion, kind } = object
  if (!(await trial.client.serves(object)))
    return { after: object, refused: [`${apiVersion} serves no kind ${kind} here`] }
  const { placed, live, verdict } = await tryObject(trial, object)
  const before = live && { before: withoutNotes(live) }
  if (verdict.ok) return { ...before, after: withoutNotes(verdict.object), refused: [] }
  // A new object in a namespace that comes with it: nobody can try that.
  if (live === undefined && verdict.status.code === 404) return { after: placed, refused: [] }
  const refused = explainRefusal(verdict.status).map(({ field, message }) =>
    withoutValue(field === undefined ? message : `${field}: ${message}`),
  )
  return { ...before, ...(live && { after: withoutNotes(live) }), refused }
}

/** The objects that are there of those named; none of a kind that is not served. */
export async function readLive(
  { client }: Pick<Trial, 'client'>,
  refs: readonly { apiVersion: string; kind: string; metadata: Pick<Metadata, 'name' | 'namespace'> }[],
): Promise<KubernetesObject[]> {
  const limit = pLimit(CONCURRENCY)
  const read = refs.map((ref) =>
    limit(async () => ((await client.serves(ref)) ? client.get<KubernetesObject>(ref) : undefined)),
  )
  return (await Promise.all(read)).flatMap((object) => (object ? [withoutNotes(object)] : []))
}

/** What the API server and controllers write down says nothing of what was asked for. */
function withoutNotes(object: KubernetesObject): KubernetesObject {
  const noted = ['creationTimestamp', 'generation', 'managedFields', 'resourceVersion', 'selfLink', 'uid']
  const metadata = Object.entries(object.metadata).filter(([key]) => !noted.includes(key))
  const rest = Object.entries(object).filter(([key]) => key !== 'status')
  return { ...Object.fromEntries(rest), metadata: Object.fromEntries(metadata) } as KubernetesObject
}
