import type { RenderedRelease } from '@opencore/delivery'
import { readReleases } from '@opencore/renderer'
import { exitCode, Refusal } from '../output/refusal.ts'
import type { Report } from '../output/run-steps.ts'
import { findNamed } from '../releases/find-named.ts'
import { selectReleases } from '../releases/select-releases.ts'
import { renderDelivery } from './render-delivery.ts'

/** Sources of one commit, in a folder, and the releases that come from them. */
export interface SourcePart {
  root: string
  commit: string
  /** All where there are none. */
  releases?: readonly string[]
}

/** Render releases of an environment, each from the sources that it comes from. Refuses names that the environment does not have. */
export async function renderParts(
  environment: string,
  parts: readonly SourcePart[],
  report: Report,
): Promise<RenderedRelease[]> {
  const rendered: RenderedRelease[] = []
  for (const { root, commit, releases } of parts) {
    if (releases?.length === 0) continue
    const own = selectReleases(root, [environment], undefined)
    const named = findNamed(own, releases, ({ release }) => release, 'release', '[release...]')
    rendered.push(...(await renderDelivery(root, named, commit, report)))
  }
  return rendered
}

/** Of each part the releases that its sources have for another environment, and that are asked for. */
export function narrowParts(
  environment: string,
  parts: readonly SourcePart[],
  wanted: readonly string[],
): SourcePart[] {
  return parts.map(({ root, commit, releases = wanted }) => {
    const listed = readReleases(root)
    if (!listed.ok) throw new Refusal(listed.findings, exitCode.findings)
    const own = listed.value.filter((one) => one.environment === environment)
    const there = new Set(own.map(({ release }) => release))
    return { root, commit, releases: releases.filter((name) => wanted.includes(name) && there.has(name)) }
  })
}
