import { describeObject, podOf, type RenderedObject } from '@opencore/verify'
import type { KubernetesClient, Verdict } from '../kubernetes/client.ts'
import type { KubernetesObject } from '../kubernetes/kubernetes-object.ts'
import { isAccepted } from './accepted-warnings.ts'
import { explainControl, type Controls } from './controls.ts'
import { explainRefusal, type Reason } from './explain-refusal.ts'
import { fieldManager } from './judge-servers.ts'
import type { Judgement } from './judgement.ts'
import { withoutValues } from './without-value.ts'

/**
 * Ask the API server about an object and, where it makes pods, about such a pod: Pod Security refuses pods
 * alone, so a workload with a bad template would be let in and then never run.
 */
export async function reviewObject(
  client: KubernetesClient,
  rendered: RenderedObject,
  { controls, account }: { controls: Controls; account: string | undefined },
): Promise<Judgement[]> {
  const options = { fieldManager, dryRun: true, ...(account !== undefined && { account }) }
  const object = rendered.object as KubernetesObject
  const title = describeObject(rendered.object)
  if (!(await client.serves(object))) return [notServed(object, title)]
  const verdict = await client.tryApply(object, options)
  if (!verdict.ok) return refuse(title, object, await explainFully(client, object, verdict))
  const pod = templatePod(rendered)
  const podVerdict = pod && (await client.tryApply(pod, options))
  // Pod Security warns about the template what it then refuses for the pod: once is enough.
  const repeated = (warning: string) =>
    podVerdict?.ok === false && warning.startsWith('would violate PodSecurity')
  const warnings = verdict.warnings.filter((warning) => !repeated(warning) && !isAccepted(warning))
  return [
    ...warnings.map((warning) => warn(title, warning, controls)),
    ...(podVerdict === undefined ? [] : judgePod(rendered, podVerdict, warnings, controls)),
  ]
}

function judgePod(
  { object }: RenderedObject,
  verdict: Verdict,
  known: readonly string[],
  controls: Controls,
): Judgement[] {
  const pods = `pods of ${describeObject(object)}`
  if (!verdict.ok) return refuse(pods, object, explainRefusal(verdict.status))
  // A workload's own warnings about its template name the same fields with a prefix.
  const fresh = verdict.warnings.filter((warning) => !known.some((other) => other.endsWith(warning)))
  return fresh.map((warning) => warn(pods, warning, controls))
}

/** The pod that the workload's controller would make, or nothing for other kinds and for pods themselves. */
function templatePod(rendered: RenderedObject): KubernetesObject | undefined {
  const pod = podOf(rendered)
  if (pod === undefined || rendered.object.kind === 'Pod') return undefined
  const { namespace, labels, annotations, spec } = pod
  // Longer names are cut by the controllers too (apiserver names.SimpleNameGenerator: 58 and 5 more).
  const name = `${rendered.object.metadata.name.slice(0, 58)}-pod`
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name, namespace, labels: { ...labels }, annotations: { ...annotations } },
    spec,
  }
}

/**
 * Server-side apply names the first unknown field of a map alone, and looks no further in it, in whatever order it comes to
 * the others; the decoder of a create names all. So a refused object is asked about once more, and then without them.
 */
async function explainFully(
  client: KubernetesClient,
  object: KubernetesObject,
  verdict: Verdict & { ok: false },
): Promise<Reason[]> {
  const reasons = explainRefusal(verdict.status)
  if (!reasons.some(({ message }) => message.includes('not declared in schema'))) return reasons
  const path = await client.pathOf({
    ...object,
    metadata: { namespace: object.metadata.namespace ?? 'default' },
  })
  const answer = await client.send('POST', `${path}?dryRun=All&fieldValidation=Strict`, {
    type: 'application/json',
    value: object,
  })
  if (answer.status !== 400) return reasons
  const strict = explainRefusal(answer.body as (Verdict & { ok: false })['status'])
  const named = strict.flatMap(({ field }) => field ?? [])
  if (named.length === 0) return reasons
  const known = await client.tryApply(withoutFields(object, named), { fieldManager, dryRun: true })
  return [...strict, ...(known.ok ? [] : explainRefusal(known.status))]
}

/** An object without these fields, such as `spec.rules[0].wieght`. */
function withoutFields(object: KubernetesObject, fields: readonly string[]): KubernetesObject {
  const copy = structuredClone(object)
  for (const field of fields) {
    const keys = field.match(/[^.[\]]+/g) ?? []
    const last = keys.pop() ?? ''
    const parent = keys.reduce<unknown>(
      (at, key) => (typeof at === 'object' && at !== null ? Reflect.get(at, key) : undefined),
      copy,
    )
    if (typeof parent === 'object' && parent !== null) Reflect.deleteProperty(parent, last)
  }
  return copy
}

function refuse(
  title: string,
  { kind }: Pick<KubernetesObject, 'kind'>,
  reasons: readonly Reason[],
): Judgement[] {
  return reasons.map(({ field, message }) => ({
    code: 'JUDGE_REFUSED',
    severity: 'error',
    found: `${title}${field === undefined ? '' : `, ${field}`}: ${kind === 'Secret' ? withoutValues(message) : message}`,
    wanted: 'an object that the API server accepts',
    next:
      field === undefined
        ? 'change the values, or the chart that renders the object'
        : `find what sets ${field}: a value, or the chart's template`,
  }))
}

function warn(title: string, warning: string, controls: Controls): Judgement {
  const refusal = explainControl(title, warning, controls)
  return (
    refusal ?? {
      code: 'JUDGE_WARNED',
      severity: 'warning',
      found: `${title}: ${warning}`,
      wanted: 'an object that the API server accepts without a warning',
      next: 'change the values, or the chart that renders the object',
    }
  )
}

function notServed({ apiVersion, kind }: KubernetesObject, title: string): Judgement {
  return {
    code: 'JUDGE_KIND_UNKNOWN',
    severity: 'error',
    found: `${title} is of ${apiVersion}, which serves no kind ${kind}`,
    wanted: 'a kind of Kubernetes itself, or one of the API catalogue',
    next: 'correct apiVersion and kind, or add the definition to tools/contract/apis.yaml',
  }
}
