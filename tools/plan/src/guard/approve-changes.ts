import {
  failure,
  didYouMean,
  findNearNames,
  success,
  type Contract,
  type Finding,
  type PlannedFile,
  type Result,
} from '@opencore/contract'
import { formatPath, parsePath, valueAt } from '@opencore/model'
import { approvedChangesPath, isSame, type ApprovedChange } from './approved-changes.ts'
import { listChanged, listFull, type ReleaseChange } from './list-changed.ts'

/** What a person passed to `--allow-change`. */
export interface ChangeTarget {
  /** `<environment>/<release>:<value>` */
  target: string
  procedure?: string | undefined
}

/**
 * The approved changes of a plan: those of the tree whose value is what they say, and those of `--allow-change`. Once the
 * main branch has a change its approval approves nothing there; refs that are promoted later still follow it.
 * Findings: `CHANGE_TARGET` of what does not change, or is nothing to do by hand, as where data would be lost;
 * `CHANGE_PROCEDURE` where neither the person nor the chart says what is done by hand.
 * @param previous the generated tree at the merge base
 * @param committed the approvals of the tree
 */
export function approveChanges(
  previous: readonly PlannedFile[],
  planned: readonly PlannedFile[],
  contracts: ReadonlyMap<string, Contract>,
  committed: readonly ApprovedChange[],
  targets: readonly ChangeTarget[],
): Result<ApprovedChange[]> {
  if (committed.length === 0 && targets.length === 0) return success([])
  const named = new Set(committed.map(({ release }) => release))
  const now = new Map(listFull(planned, contracts, named).map(({ release, values }) => [release, values]))
  const kept = committed.filter(({ release, value, becomes }) => {
    const values = now.get(release)
    return values !== undefined && isSame(valueAt(values, ...parsePath(value)), becomes)
  })
  const changes = targets.length === 0 ? [] : listChanged(previous, planned, contracts)
  const added = targets.map((target) => approve(target, changes))
  const wrong = added.flatMap((result) => (result.ok ? [] : result.findings))
  if (wrong.length > 0) return failure(wrong)
  const news = added.flatMap((result) => (result.ok ? [result.value] : []))
  const isNew = ({ release, value }: ApprovedChange) =>
    !news.some((one) => one.release === release && one.value === value)
  return success([...kept.filter(isNew), ...news])
}

function approve(
  { target, procedure }: ChangeTarget,
  changes: readonly ReleaseChange[],
): Result<ApprovedChange> {
  const nameOf = ({ release, path }: ReleaseChange) => `${release}:${formatPath(path)}`
  const change = changes.find((one) => nameOf(one) === target)
  if (!change) return failure([unknownTarget(target, changes.map(nameOf))])
  const { release, path, before, after, mark } = change
  if (mark?.byHand === false) return failure([notByHand(target, mark.procedure)])
  const done = procedure ?? mark?.procedure
  if (done === undefined) return failure([withoutProcedure(target)])
  return success({
    release,
    value: formatPath(path),
    ...(before !== undefined && { was: before }),
    ...(after !== undefined && { becomes: after }),
    procedure: done,
  })
}

const refuse = (code: string, found: string, wanted: string, next: string): Finding => ({
  code,
  severity: 'error',
  at: { file: approvedChangesPath },
  found,
  wanted,
  next,
})

function unknownTarget(target: string, names: readonly string[]): Finding {
  return refuse(
    'CHANGE_TARGET',
    `\`${target}\` does not change`,
    'a value of a release that is another than on the main branch, as <environment>/<release>:<value>',
    didYouMean(findNearNames(target, names)) ?? 'correct the argument of --allow-change',
  )
}

const notByHand = (target: string, procedure = 'move the data to a new release, by backup and recovery') =>
  refuse(
    'CHANGE_TARGET',
    `\`${target}\` is nothing that a person can carry out where it runs`,
    'a change that the chart says can be done by hand',
    procedure,
  )

const withoutProcedure = (target: string) =>
  refuse(
    'CHANGE_PROCEDURE',
    `\`${target}\` is approved, and nobody says what is done by hand`,
    'what a person does so that what runs can follow',
    "say it: --procedure 'kubectl ...'",
  )
