import type { PlannedFile } from '@opencore/contract'
import type { PlatformEnvironment } from '@opencore/model'
import { printManifest } from './print-manifest.ts'

/** Where the list of an environment's releases lies. */
export function releasesPath(environment: string): string {
  return `argocd/${environment}/releases.yaml`
}

/**
 * What is rendered for an environment, for whoever reads the generated tree instead of the model: the guard at the merge
 * base, the renderer, `promote`. Each release is rendered from the chart of the same commit, so no version is pinned.
 */
export function planReleases({ definition, tier, releases }: PlatformEnvironment): PlannedFile {
  const manifest = {
    environment: definition.name,
    hub: tier.delivery.hub,
    kubernetesVersion: definition.kubernetesVersion,
    deletion: tier.delivery.deletion,
    releases: releases.map(({ name, chart, namespace }) => ({
      release: name,
      chart: chart.name,
      purpose: chart.purpose,
      namespace,
    })),
  }
  return {
    path: releasesPath(definition.name),
    text: printManifest(manifest, [
      'environments/services',
      'environments/data',
      `environments/${definition.name}/index.ts`,
    ]),
  }
}
