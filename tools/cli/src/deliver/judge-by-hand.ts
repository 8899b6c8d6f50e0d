import type { Judge, KubernetesObject, UpdateVerdict } from '@opencore/cluster'
import { mergeValues, type ApiCatalogue, type JsonObject } from '@opencore/contract'
import { parsePath, valueAt } from '@opencore/model'
import type { ApprovedChange } from '@opencore/plan'
import type { DiskRelease } from '@opencore/renderer'
import { parse } from 'yaml'
import type { Report } from '../output/run-steps.ts'
import { findCauseApproval } from '../verify/find-cause-approval.ts'
import { findCauses } from '../verify/find-causes.ts'

export interface ByHandRequest {
  root: string
  /** As the promoted commit has it. */
  release: DiskRelease
  /** Values files, what is on the ref and what comes; and what the chart says where they are silent. */
  texts: readonly [running: string, coming: string]
  defaults: JsonObject
  /** Of this release. */
  approved: readonly ApprovedChange[]
  judge: Pick<Judge, 'rehearse'>
  catalogue: ApiCatalogue
  report: Report
}

/**
 * Whether a person carries out what the API server refuses of an object: each value that causes it was approved to become
 * what it becomes now. What it was is what the ref has, which may have waited longer than the main branch.
 */
export async function judgeByHand(
  { texts, defaults, approved, ...request }: ByHandRequest,
  verdict: UpdateVerdict,
  running: readonly KubernetesObject[],
): Promise<boolean> {
  const [before, after] = texts.map((text) => mergeValues(defaults, (parse(text) ?? {}) as JsonObject))
  if (!before || !after || approved.length === 0) return false
  const values = [before, after] as const
  const causes = await findCauses({ ...request, values, running, said: [verdict] })
  const here = approved.map((one) => ({ ...one, was: valueAt(before, ...parsePath(one.value)) }))
  const { environment, release } = request.release
  const own = causes.get(verdict.id) ?? []
  return (
    own.length > 0 &&
    own.every((cause) => findCauseApproval(here, `${environment}/${release}`, values, cause) !== undefined)
  )
}
