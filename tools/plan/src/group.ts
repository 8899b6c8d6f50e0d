import type { PlatformEnvironment, Release } from '@opencore/model'

/** The releases of an environment that share an ApplicationSet and a project. */
export interface Group {
  environment: PlatformEnvironment
  /** Such as `services`. */
  purpose: string
  /** By name. */
  releases: readonly Release[]
}

/** Name of a group's ApplicationSet and of its AppProject. */
export function groupName({ environment, purpose }: Group): string {
  return `${environment.definition.name}-${purpose}`
}

/** Labels by which people and `opencore status` find what belongs together. */
export function groupLabels({ environment, purpose }: Group): Record<string, string> {
  const { name, tier } = environment.definition
  return { 'opencore.dev/environment': name, 'opencore.dev/tier': tier, 'opencore.dev/purpose': purpose }
}

/** The file that an environment's delivery is decided in, and the one that decides for its tier. */
export function groupSources({ environment }: Group): string[] {
  const { name, tier } = environment.definition
  return ['environments/defaults.ts', `environments/tiers/${tier}.ts`, `environments/${name}/index.ts`]
}
