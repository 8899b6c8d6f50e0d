import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { healthSettings, readHealthChecks } from '@opencore/cluster/health-checks'
import { collect, type Finding, type PlannedFile } from '@opencore/contract'
import { locatePath, type Platform } from '@opencore/model'
import {
  approveDeletions,
  checkTargets,
  guardPlan,
  guardRegions,
  guardValues,
  parseTombstone,
  planCodeOwners,
  planHealthChecks,
  planNotifications,
  readTombstones,
  tombstonesPath,
  valuesPath,
} from '@opencore/plan'
import { isMissing } from '../files/read-if-present.ts'
import { Refusal } from '../output/refusal.ts'
import { planKnown } from '../workspace/known-environments.ts'
import { readBaseTree } from '../workspace/read-base-tree.ts'

/** What is generated from `environments/`, and what is in the way of writing it. */
export interface PlannedTree {
  files: PlannedFile[]
  /** What the guard holds against it. */
  guard: Finding[]
  /** What a person runs to carry out approved deletions that Argo CD does not carry out itself. */
  commands: string[]
}

/**
 * Plan the whole tree and compare it with the merge base.
 * @param allowDelete targets of `--allow-delete`, beside the approvals that are committed
 */
export async function planTree(
  root: string,
  platform: Platform,
  allowDelete: readonly string[] = [],
): Promise<PlannedTree> {
  const planned = planKnown(platform)
  const [previous, committed, healthChecks] = await Promise.all([
    readBaseTree(root, planned),
    readTombstoneFile(root),
    readHealthChecks(),
  ])
  const targets = collect(allowDelete.map(parseTombstone))
  const tombstones = collect([readTombstones(committed), targets])
  if (!tombstones.ok) throw new Refusal(tombstones.findings)
  const vain = targets.ok ? checkTargets(previous, planned, targets.value) : []
  if (vain.length > 0) throw new Refusal(vain)
  const approved = approveDeletions(previous, planned, tombstones.value.flat())
  return {
    files: [
      ...planned,
      planHealthChecks(healthSettings(healthChecks), platform.defaults.delivery.namespace),
      planNotifications(platform.defaults.delivery.namespace),
      planCodeOwners(platform),
      ...approved.files,
    ],
    guard: [
      ...guardPlan(previous, planned, tombstones.value.flat()),
      ...guardValues(previous, planned, contractsOf(platform), locateIn(platform)),
      ...guardRegions(previous, planned),
    ],
    commands: approved.commands,
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

async function readTombstoneFile(root: string): Promise<Uint8Array | undefined> {
  try {
    return await readFile(join(root, tombstonesPath))
  } catch (error) {
    if (isMissing(error)) return undefined
    throw error
  }
}
