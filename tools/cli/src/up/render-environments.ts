import { printYaml } from '@opencore/contract'
import type { RenderedRelease } from '@opencore/delivery'
import type { PlatformEnvironment } from '@opencore/model'
import { readReleases, toRequests } from '@opencore/renderer'
import { describeSource } from '../deliver/describe-source.ts'
import { renderDelivery } from '../deliver/render-delivery.ts'
import { Refusal } from '../output/refusal.ts'
import type { Report } from '../output/run-steps.ts'

/**
 * What the releases of these environments render, by environment; they are on disk as they are in the model, but for values
 * of an environment that was localised.
 */
export async function renderEnvironments(
  root: string,
  environments: readonly PlatformEnvironment[],
  report: Report,
  isLocalised: boolean,
) {
  const disk = readReleases(root)
  if (!disk.ok) throw new Refusal(disk.findings)
  const source = await describeSource(root)
  const rendered = new Map<string, readonly RenderedRelease[]>()
  for (const { definition, releases } of environments) {
    const names = new Set(releases.map(({ name }) => name))
    const own = disk.value.filter(
      ({ environment, release }) => environment === definition.name && names.has(release),
    )
    const values = new Map(releases.map(({ name, values }) => [name, values]))
    const requests = toRequests(root, own).map((request) =>
      isLocalised ? { ...request, values: printYaml(values.get(request.release) ?? {}) } : request,
    )
    rendered.set(definition.name, await renderDelivery(root, own, source, report, requests))
  }
  return rendered
}
