import { failure, sortFindings, success, type Finding, type Result } from '@opencore/contract/findings'
import type { Chart, Platform, PlatformEnvironment } from '@opencore/model'
import { valid } from 'semver'
import type { Localisation } from './localisation.ts'
import { planApplicationSet } from './plan-application-set.ts'
import { planBootstrap } from './plan-bootstrap.ts'
import { planProject } from './plan-project.ts'
import { planValues } from './plan-values.ts'
import type { PlannedFile } from '@opencore/contract'
import { resolveSources, type Sources } from './sources.ts'

/**
 * Every file below `argocd/` for a platform, ordered by path. Equal platforms give equal bytes.
 * Finding: `CHART_VERSION` where a chart's version is no exact semantic version, which Argo CD would take for a range.
 * @param localisation what a run on this machine changes; none for the tree that is committed
 */
export function planPlatform(platform: Platform, localisation?: Localisation): Result<PlannedFile[]> {
  const sources = resolveSources(platform, localisation)
  const charts = platform.environments.flatMap(({ releases }) => releases.map(({ chart }) => chart))
  const inexact = [...new Set(charts)].filter((chart) => valid(sources.versionOf(chart)) === null)
  if (inexact.length > 0) return failure(sortFindings(inexact.map((chart) => inexactVersion(chart, sources))))
  const files = platform.environments.flatMap((environment) => planEnvironment(environment, sources))
  return success(files.sort((a, b) => (a.path < b.path ? -1 : 1)))
}

function planEnvironment(environment: PlatformEnvironment, sources: Sources): PlannedFile[] {
  const purposes = [...new Set(environment.releases.map(({ chart }) => chart.purpose))]
  return [
    planBootstrap(environment, sources),
    ...environment.releases.map(planValues),
    ...purposes.flatMap((purpose) => {
      const releases = environment.releases.filter(({ chart }) => chart.purpose === purpose)
      const group = { environment, purpose, releases }
      return [planApplicationSet(group, sources), planProject(group, sources)]
    }),
  ]
}

function inexactVersion(chart: Chart, sources: Sources): Finding {
  return {
    code: 'CHART_VERSION',
    severity: 'error',
    at: { file: `charts/${chart.name}/Chart.yaml` },
    found: `the version is \`${sources.versionOf(chart)}\``,
    wanted: 'an exact semantic version, such as 1.4.0',
    next: 'correct `version`',
  }
}
