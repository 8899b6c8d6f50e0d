import type { PlatformEnvironment, Release, Team } from '@opencore/model'

/** The releases of an environment that share an ApplicationSet and a project. */
export interface Group {
  environment: PlatformEnvironment
  /** Such as `services`. */
  purpose: string
  /** By name. */
  releases: readonly Release[]
  /** Those that own any of them, by name. */
  teams: readonly Team[]
}

/** Which group it is. */
type GroupKey = Pick<Group, 'environment' | 'purpose'>

/** Name of a group's ApplicationSet and of its AppProject. */
export function groupName({ environment, purpose }: GroupKey): string {
  return `${environment.definition.name}-${purpose}`
}

/** Label with the name of the team that owns an Application. */
export const TEAM_LABEL = 'opencore.dev/team'

/** Labels by which people and `opencore status` find what belongs together. */
export function groupLabels({ environment, purpose }: GroupKey): Record<string, string> {
  const { name, tier } = environment.definition
  return { 'opencore.dev/environment': name, 'opencore.dev/tier': tier, 'opencore.dev/purpose': purpose }
}

/** The file that an environment's delivery is decided in, and the one that decides for its tier. */
export function groupSources({ environment }: Pick<Group, 'environment'>): string[] {
  const { name, tier } = environment.definition
  return [
    'environments/defaults.ts',
    'environments/teams',
    `environments/tiers/${tier}.ts`,
    `environments/${name}/index.ts`,
  ]
}

/** The team of a name. The model has checked that there is one. */
export function findTeam(teams: readonly Team[], name: string): Team {
  const team = teams.find((each) => each.name === name)
  if (!team) throw new Error(`no team ${name}`)
  return team
}
