import type { Finding } from '@opencore/contract'
import { checkRings, readEnvironment, type EarlierEnvironment } from '@opencore/delivery'
import type { Platform, PlatformEnvironment } from '@opencore/model'
import { environmentRef } from '@opencore/plan'
import type { Report } from '../output/run-steps.ts'
import { listEarlier } from './list-earlier.ts'
import type { Refs } from './open-refs.ts'
import { narrowParts, renderParts, type SourcePart } from './render-parts.ts'

interface Means {
  refs: Refs
  report: Report
  /** What the releases come from. */
  parts: readonly SourcePart[]
}

/**
 * Releases that others have to run first, as the same commit renders them there: the environments of the ring before, and
 * the region that waits, before the one that serves. Findings: RING_SKIPPED, STANDBY_BEHIND.
 * @param promoted names of the releases
 */
export async function checkEarlier(
  platform: Platform,
  environment: PlatformEnvironment,
  promoted: readonly string[],
  { refs, report, parts }: Means,
): Promise<Finding[]> {
  const earlier: EarlierEnvironment[] = []
  for (const { environment: one, isStandby } of listEarlier(platform, environment)) {
    const { name } = one.definition
    const shared = narrowParts(name, parts, promoted)
    earlier.push({
      name,
      isStandby,
      delivered: await readEnvironment(refs.repository, await refs.look(environmentRef(name))),
      rendered: await renderParts(name, shared, report),
    })
  }
  return checkRings(promoted, earlier)
}
