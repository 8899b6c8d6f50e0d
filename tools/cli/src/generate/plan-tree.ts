import { healthSettings, readHealthChecks } from '@opencore/cluster/health-checks'
import { collect, type Finding, type PlannedFile } from '@opencore/contract'
import { locatePath, type Platform } from '@opencore/model'
import {
  approveChanges,
  approveDeletions,
  checkTargets,
  guardPlan,
  guardRegions,
  guardValues,
  parseTombstone,
  planApprovedChanges,
  planCodeOwners,
  planHealthChecks,
  planNotifications,
  readApprovedChanges,
  readTombstones,
  valuesPath,
  type ApprovedChange,
  type ChangeTarget,
} from '@opencore/plan'
import { Refusal } from '../output/refusal.ts'
import { readApprovals, readTombstoneFile } from './read-approvals.ts'
import { planKnown } from '../workspace/known-environments.ts'
import { readBaseTree } from '../workspace/read-base-tree.ts'

/** What is generated from `environments/`, and what is in the way of writing it. */
export interface PlannedTree {
  files: PlannedFile[]
  /** What the guard holds against it. */
  guard: Finding[]
  /** What a person runs to carry out approved deletions that Argo CD does not carry out itself. */
  commands: string[]
  /** Changes that a person carries out. */
  approved: ApprovedChange[]
}

/** What a person approves in this run, beside what is committed. */
export interface Approvals {
  /** Targets of `--allow-delete`. */
  deletions?: readonly string[]
  changes?: readonly ChangeTarget[]
}

/**
 * Plan the whole tree and compare it with the merge base.
 */
export async function planTree(
  root: string,
  platform: Platform,
  { deletions = [], changes = [] }: Approvals = {},
): Promise<PlannedTree> {
  const planned = planKnown(platform)
  const [previous, stones, changed, healthChecks] = await Promise.all([
    readBaseTree(root, planned),
    readTombstoneFile(root),
    readApprovals(root),
    readHealthChecks(),
  ])
  const targets = collect(deletions.map(parseTombstone))
  const tombstones = collect([readTombstones(stones), targets])
  if (!tombstones.ok) throw new Refusal(tombstones.findings)
  const vain = targets.ok ? checkTargets(previous, planned, targets.value) : []
  if (vain.length > 0) throw new Refusal(vain)
  const contracts = contractsOf(platform)
  const earlier = readApprovedChanges(changed)
  const approved = earlier.ok ? approveChanges(previous, planned, contracts, earlier.value, changes) : earlier
  if (!approved.ok) throw new Refusal(approved.findings)
  const deleted = approveDeletions(previous, planned, tombstones.value.flat())
  return {
    files: [
      ...planned,
      planHealthChecks(healthSettings(healthChecks), platform.defaults.delivery.namespace),
      planNotifications(platform.defaults.delivery.namespace),
      planCodeOwners(platform),
      ...deleted.files,
      ...planApprovedChanges(approved.value),
    ],
    guard: [
      ...guardPlan(previous, planned, tombstones.value.flat()),
      ...guardValues(previous, planned, contracts, locateIn(platform), approved.value),
      ...guardRegions(previous, planned),
    ],
    commands: deleted.commands,
    approved: approved.value,
  }
}

/** Where a value of a release was set. What the guard compares are releases of the plan, so the platform has them. */
function locateIn({ environments, locate }: Platform): Parameters<typeof guardValues>[3] {
  return (environment, release, path) => {
    const home = environments.find(({ definition }) => definition.name === environment)
    const found = home?.releases.find(({ name }) => name === release)
    return found ? locatePath(found, path, locate) : { file: valuesPath(environment, release) }
  }
}

const contractsOf = ({ charts }: Platform) =>
  new Map(charts.map(({ contract }) => [contract.chart, contract]))
