import type { PlannedFile } from '@opencore/contract'
import type { Platform, PlatformEnvironment } from '@opencore/model'
import type { Localisation } from './localisation.ts'
import { planApplicationSet } from './plan-application-set.ts'
import { planBootstrap, planBootstrapProject } from './plan-bootstrap.ts'
import { planProject } from './plan-project.ts'
import { planReleases } from './plan-releases.ts'
import { findTeam } from './group.ts'
import { planValues } from './plan-values.ts'
import { resolveSources } from './sources.ts'

/**
 * Every file below `argocd/` for a platform, ordered by path. Equal platforms give equal bytes.
 * @param localisation what a run on this machine changes; none for the tree that is committed
 */
export function planPlatform(platform: Platform, localisation?: Localisation): PlannedFile[] {
  return sortFiles(
    platform.environments.flatMap((environment) => planEnvironment(environment, platform, localisation)),
  )
}

/** By path, as a tree of files is compared and written. */
export const sortFiles = (files: readonly PlannedFile[]): PlannedFile[] =>
  files.toSorted((a, b) => (a.path < b.path ? -1 : 1))

/** Every file below `argocd/<environment>/`, in no order. Of the platform it reads defaults and teams alone. */
export function planEnvironment(
  environment: PlatformEnvironment,
  { defaults, teams }: Pick<Platform, 'defaults' | 'teams'>,
  localisation?: Localisation,
): PlannedFile[] {
  const sources = resolveSources(defaults, localisation)
  const purposes = [...new Set(environment.releases.map(({ chart }) => chart.purpose))]
  return [
    planBootstrap(environment, findTeam(teams, defaults.team), sources),
    planBootstrapProject(environment, sources),
    planReleases(environment),
    ...environment.releases.map(planValues),
    ...purposes.flatMap((purpose) => {
      const releases = environment.releases.filter(({ chart }) => chart.purpose === purpose)
      const owners = teams.filter(({ name }) => releases.some(({ team }) => team === name))
      const group = { environment, purpose, releases, teams: owners }
      return [planApplicationSet(group, sources), planProject(group, sources)]
    }),
  ]
}
