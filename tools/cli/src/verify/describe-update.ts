import type { UpdateVerdict } from '@opencore/cluster'
import { showValue, toPointer, type Finding } from '@opencore/contract'
import { explainValue, formatPath, type Platform } from '@opencore/model'
import type { DiskRelease } from '@opencore/renderer'
import { suggestApproval, type ApprovedChange, type ChangedValue } from '@opencore/plan'

export interface DescribedUpdate {
  platform: Platform
  release: DiskRelease
  verdict: UpdateVerdict
  /** The values without whose change nothing would be said. */
  causes: readonly ChangedValue[]
  /** Of each cause its approval, where it has one. */
  approvals: readonly (ApprovedChange | undefined)[]
}

/** What the rehearsal said of one object, at the layer that set the value which caused it. */
export function describeUpdate({
  platform,
  release,
  verdict,
  causes,
  approvals,
}: DescribedUpdate): Finding[] {
  const [, kind = '', namespace = '', name = ''] = verdict.id.split('/')
  const title = `${kind} ${namespace === '' ? '' : `${namespace}/`}${name}`
  const [cause] = causes
  const at = (cause && findPlace(platform, release, cause)) ?? { file: release.valuesFile }
  const why = causes.map((change) => `; ${describeChange(change)}`).join('')
  const allowed = approvals.filter((approval) => approval !== undefined)
  if (verdict.fallen.length === 0 && allowed.length > 0 && allowed.length === approvals.length)
    return verdict.refused.map((reason) => ({
      code: 'UPDATE_BY_HAND',
      severity: 'warning',
      at,
      found: `${title}${describeField(reason.field)}: ${reason.message}${why}`,
      wanted: 'a person who carries out the change where it is promoted, as it was approved',
      next: [...new Set(allowed.map(({ procedure }) => procedure))].join('; '),
    }))
  // Whatever the chart says of the values, a person says what is done.
  const approval = suggestApproval(
    `${release.environment}/${release.release}`,
    causes.map(({ path }) => path),
    " --procedure '...'",
  )
  const back = causes.map(({ path }) => formatPath([...path])).join(' and ')
  return [
    ...verdict.refused.map(({ field, message }): Finding => ({
      code: 'UPDATE_REFUSED',
      severity: 'error',
      at,
      found: `${title}${describeField(field)}: ${message}${why}`,
      wanted: 'an update of what runs: Argo CD stops at a refused one, with everything else of the release',
      next: `${back === '' ? 'take the change back' : `set ${back} back`}, or deliver it as a new release and delete this one when its load has moved${approval}`,
    })),
    ...verdict.fallen.map(({ field, was, becomes }): Finding => ({
      code: 'FIELD_FALLS_TO_DEFAULT',
      // Pods go at once; of other fields somebody may want the default, and has seen now that it comes.
      severity: field === 'spec.replicas' ? 'error' : 'warning',
      at,
      found: `${title}, ${field}: nothing sets it any more, and ${showValue(was, `/${field}`)} falls to the API's default, ${showValue(becomes, `/${field}`)}${why}`,
      wanted: 'a value for every field that had one, or the same value as before',
      next: `say the value that you want${back === '' ? '' : `, or set ${back} back`}`,
    })),
  ]
}

const describeField = (field: string | undefined) => (field === undefined ? '' : `, ${field}`)

function describeChange({ path, before, after }: ChangedValue): string {
  const pointer = toPointer(path)
  return `${formatPath([...path])} was ${showValue(before, pointer)} and becomes ${showValue(after, pointer)}`
}

/** Where the strongest layer sets a value; nothing where no layer does any more. */
function findPlace(
  platform: Platform,
  { environment, release }: DiskRelease,
  { path }: ChangedValue,
): Finding['at'] | undefined {
  const explained = explainValue(platform, environment, release, formatPath([...path]))
  if (!explained.ok) return undefined
  const steps = explained.value.values.flatMap((value) => value.steps)
  return steps.find(({ layer }) => layer !== 'chart')?.at
}
