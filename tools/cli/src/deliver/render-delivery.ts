import { digestChart, readManifest } from '@opencore/charts'
import type { Finding } from '@opencore/contract'
import type { RenderedRelease } from '@opencore/delivery'
import {
  renderFailed,
  renderManifests,
  toRequests,
  type DiskRelease,
  type RenderRequest,
} from '@opencore/renderer'
import { join } from 'node:path'
import { exitCode, Refusal } from '../output/refusal.ts'
import type { Report } from '../output/run-steps.ts'

/**
 * Render releases from disk as they are delivered. Refuses with every release that does not render.
 * @param sourceCommit what the records say, see describeSource
 * @param requests with other values than those on disk, in the order of the releases
 */
export async function renderDelivery(
  root: string,
  releases: readonly DiskRelease[],
  sourceCommit: string,
  report: Report,
  requests: readonly RenderRequest[] = toRequests(root, releases),
): Promise<RenderedRelease[]> {
  const { rendered, findings } = await renderEach(root, releases, { sourceCommit, requests }, report)
  if (findings.length > 0) throw new Refusal(findings, exitCode.findings)
  return rendered
}

/** Releases that nobody delivers now, rendered to know of them: of one that does not render it tells, and goes on without it. */
export async function renderOthers(
  root: string,
  releases: readonly DiskRelease[],
  report: Report,
): Promise<RenderedRelease[]> {
  const { rendered, findings } = await renderEach(
    root,
    releases,
    { sourceCommit: '', requests: toRequests(root, releases) },
    report,
  )
  for (const { at, found } of findings)
    report(`${at.file} does not render, so nothing is known of it: ${found}`)
  return rendered
}

async function renderEach(
  root: string,
  releases: readonly DiskRelease[],
  { sourceCommit, requests }: { sourceCommit: string; requests: readonly RenderRequest[] },
  report: Report,
): Promise<{ rendered: RenderedRelease[]; findings: Finding[] }> {
  const charts = await readChartFacts(root, releases)
  const rendered: RenderedRelease[] = []
  const findings: Finding[] = []
  let index = 0
  for await (const { manifests, error } of renderManifests(requests, report)) {
    const disk = releases[index]
    const { values = '' } = requests[index] ?? {}
    index += 1
    if (disk === undefined) throw new Error('the renderer answered more than it was asked')
    if (error !== undefined) findings.push(renderFailed(disk.valuesFile, error))
    else {
      const { release, namespace, chart, kubeVersion } = disk
      const { version = '', digest = '' } = charts.get(chart) ?? {}
      rendered.push({
        release,
        namespace,
        chart,
        chartVersion: version,
        kubernetesVersion: kubeVersion,
        sourceCommit,
        chartDigest: digest,
        values,
        manifests,
      })
    }
  }
  return { rendered, findings }
}

async function readChartFacts(root: string, releases: readonly DiskRelease[]) {
  const names = [...new Set(releases.map(({ chart }) => chart))]
  const facts = names.map(async (name) => {
    const digest = await digestChart(join(root, 'charts', name))
    return [name, { digest, version: readManifest(root, `charts/${name}`).version }] as const
  })
  return new Map(await Promise.all(facts))
}
