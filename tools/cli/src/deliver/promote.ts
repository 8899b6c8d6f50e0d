import type { Finding } from '@opencore/contract'
import {
  checkRings,
  composeUpdate,
  readEnvironment,
  writeRef,
  type DeliveredEnvironment,
  type EnvironmentUpdate,
  type RenderedRelease,
} from '@opencore/delivery'
import { tierNames, type PlatformEnvironment } from '@opencore/model'
import { environmentRef } from '@opencore/plan'
import { readReleases } from '@opencore/renderer'
import { exitCode, Refusal } from '../output/refusal.ts'
import type { Report } from '../output/run-steps.ts'
import { findNamed } from '../releases/find-named.ts'
import { checkSource } from './check-source.ts'
import { openRefs, type Refs } from './open-refs.ts'
import { promoteHub } from './promote-hub.ts'
import type { Promotion } from './promotion.ts'
import { describePromotion } from './describe-promotion.ts'
import { renderDelivery } from './render-delivery.ts'
import { verifyPromotion } from './verify-promotion.ts'

/** What a promotion did, or would do. */
export interface Promoted {
  ref: string
  /** The commit on the ref before and after; the same where nothing changed or nothing was to be written. */
  before?: string
  after?: string
  /** The hub's ref and its commit, where everything was promoted. */
  hub?: { ref: string; before?: string; after: string }
  changed: readonly string[]
  removed: readonly string[]
}

/**
 * Bring releases of one environment to what the checked out commit of the main branch renders: rings in order, the
 * resulting tree verified as a whole, one signed commit, fast-forward. Without names, Argo CD's own objects follow on the
 * hub's ref.
 */
export async function promote(promotion: Promotion, report: Report): Promise<Promoted> {
  const { root, environment, dryRun } = promotion
  const { name } = environment.definition
  const source = await checkSource(root)
  const refs = await openRefs(root)
  const ref = environmentRef(name)
  await refs.fetch(ref)
  const before = await readEnvironment(refs.repository, `refs/heads/${ref}`)
  const rendered = await renderNamed(promotion, environment, source, report)
  const update = composeUpdate(before, rendered, listGone(promotion, before))
  const result = {
    ref,
    ...(before.commit !== undefined && { before: before.commit, after: before.commit }),
    changed: update.changed,
    removed: update.removed,
  }
  // After the releases: a listed one whose folder is not there cannot be synced.
  const promoteAll = async () =>
    promotion.releases === undefined && !dryRun
      ? { hub: await promoteHub(root, environment, refs, source) }
      : {}
  if (update.changed.length + update.removed.length === 0) return { ...result, ...(await promoteAll()) }
  if (promotion.allowSkip === undefined) {
    const skipped = await checkEarlierRing(promotion, update, { refs, source, report })
    if (skipped.length > 0) throw new Refusal(skipped, exitCode.findings)
  }
  report(`${name}: verifying what will be there`)
  const findings = await verifyPromotion(promotion, before, { update, rendered, report })
  if (findings.length > 0) throw new Refusal(findings, exitCode.findings)
  if (dryRun) return result
  const { files, removed } = update
  const sign = environment.tier.delivery.signingKeys !== undefined
  const message = describePromotion(promotion, update, source)
  const after = await writeRef(refs.repository, { ref, message, files, removed, sign })
  await refs.push(ref, before.commit)
  return { ...result, after, ...(await promoteAll()) }
}

async function renderNamed(
  { root, releases }: Pick<Promotion, 'root' | 'releases'>,
  { definition }: PlatformEnvironment,
  source: string,
  report: Report,
): Promise<RenderedRelease[]> {
  const disk = readReleases(root)
  if (!disk.ok) throw new Refusal(disk.findings)
  const own = disk.value.filter(({ environment }) => environment === definition.name)
  const named = findNamed(own, releases, ({ release }) => release, 'release')
  return renderDelivery(root, named, source, report)
}

/** A promotion of everything takes away what the sources do not have any more. */
function listGone({ environment, releases }: Promotion, { releases: there }: DeliveredEnvironment): string[] {
  if (releases !== undefined) return []
  const names = new Set(environment.releases.map(({ name }) => name))
  return there.map(({ name }) => name).filter((name) => !names.has(name))
}

interface Means {
  refs: Refs
  source: string
  report: Report
}

async function checkEarlierRing(
  { root, platform, environment }: Promotion,
  { changed }: EnvironmentUpdate,
  { refs, source, report }: Means,
): Promise<Finding[]> {
  const ring = tierNames.indexOf(environment.tier.name) - 1
  const earlier = platform.environments.filter(({ tier }) => tierNames.indexOf(tier.name) === ring)
  const environments = []
  for (const one of earlier) {
    const { name } = one.definition
    const shared = changed.filter((release) => one.releases.some((other) => other.name === release))
    await refs.fetch(environmentRef(name))
    environments.push({
      name,
      delivered: await readEnvironment(refs.repository, `refs/heads/${environmentRef(name)}`),
      rendered: await renderNamed({ root, releases: shared }, one, source, report),
    })
  }
  return checkRings(changed, environments)
}
