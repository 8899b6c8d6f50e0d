import pLimit from 'p-limit'
import type { KubernetesClient, Verdict } from '../kubernetes/client.ts'
import type { KubernetesObject } from '../kubernetes/kubernetes-object.ts'
import { explainRefusal, type Reason } from './explain-refusal.ts'
import { findFallen, type FallenField } from './find-fallen.ts'
import { identify, type RehearsedUpdate } from './release-update.ts'
import { withoutValues } from './without-value.ts'

/** Under which name Argo CD applies (`ArgoCDSSAManager` in common/common.go): who owned a field decides what becomes of it. */
export const ARGOCD_MANAGER = 'argocd-controller'

/** What becomes of one object. */
export interface UpdateVerdict {
  /** `group/Kind/namespace/name` */
  id: string
  /** Why the API server refuses the update; nothing where it takes it. */
  refused: Reason[]
  /** Fields that fall to a default. */
  fallen: FallenField[]
}

/**
 * Make an API server hold what runs, really, and try on top what comes, as Argo CD would apply both. Only objects with
 * something to say have a verdict. What ran and is refused today cannot be rehearsed: its review says why.
 */
export async function rehearseUpdate(
  client: KubernetesClient,
  { running, tried, scaled }: RehearsedUpdate,
  concurrency: number,
): Promise<UpdateVerdict[]> {
  const limit = pLimit(concurrency)
  const live = new Map(
    await Promise.all(
      running.map((object) => limit(async () => [identify(object), await putAnew(client, object)] as const)),
    ),
  )
  const before = new Map(running.map((object) => [identify(object), object]))
  const verdicts = tried.map((object) =>
    limit(async (): Promise<UpdateVerdict[]> => {
      const id = identify(object)
      const held = live.get(id)
      if (before.has(id) && held === undefined) return []
      if (!(await client.serves(object))) return []
      const verdict = await tryUpdate(client, object)
      const isSecret = object.kind === 'Secret'
      if (!verdict.ok) {
        const refused = explainRefusal(verdict.status)
        return [{ id, refused: isSecret ? refused.map(hideValues) : refused, fallen: [] }]
      }
      if (isSecret) return []
      const fallen = findFallen({ before: before.get(id), after: object, live: held, result: verdict.object })
      const said = fallen.filter(({ field }) => !isHeld(object, field, scaled))
      return said.length === 0 ? [] : [{ id, refused: [], fallen: said }]
    }),
  )
  return (await Promise.all(verdicts)).flat()
}

/** An autoscaler that ran has set the number of pods and goes on owning it. */
const isHeld = ({ kind, metadata }: KubernetesObject, field: string, scaled: ReadonlySet<string>) =>
  field === 'spec.replicas' && scaled.has(`${kind}/${metadata.name}`)

const tryUpdate = (client: KubernetesClient, object: KubernetesObject): Promise<Verdict> =>
  client.tryApply(withoutFinalizers(object), { fieldManager: ARGOCD_MANAGER, dryRun: true })

/** The object as it would have come into being; nothing where the server refuses it. */
async function putAnew(
  client: KubernetesClient,
  object: KubernetesObject,
): Promise<KubernetesObject | undefined> {
  if (!(await client.serves(object))) return undefined
  // A namespace would never be gone: no controller here finishes its deletion, and nothing in it is immutable.
  if (object.kind !== 'Namespace') await client.delete(object)
  const verdict = await client.tryApply(withoutFinalizers(object), { fieldManager: ARGOCD_MANAGER })
  return verdict.ok ? verdict.object : undefined
}

const hideValues = (reason: Reason): Reason => ({ ...reason, message: withoutValues(reason.message) })

/** Nobody here would ever take a finalizer off. */
function withoutFinalizers(object: KubernetesObject): KubernetesObject {
  const metadata = { ...object.metadata }
  delete metadata.finalizers
  return { ...object, metadata }
}
