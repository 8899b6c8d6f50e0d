import type { Defaults } from '../define/defaults.ts'
import type { Environment } from '../define/environment.ts'
import type { Team } from '../define/team.ts'
import type { Tier } from '../define/tier.ts'
import type { JsonObject } from '../json.ts'
import type { Locator, Place } from '../locate/create-locator.ts'
import type { Labels, PlatformEnd } from '../parts/end.ts'
import type { Operation } from '../parts/mesh-member.ts'
import type { Chart } from './input.ts'
import type { Layer } from './layer.ts'

/** One declared way from one end to another. An end is a release of the environment, or a peer. */
export interface Flow {
  /** `<from>-><to>`, and `:metrics` where the same ends have another way: unique in an environment. */
  id: string
  from: string
  to: string
  /** Port that the container of `to` listens on. */
  port: number
  protocol: 'TCP' | 'UDP'
  /** Labels of the pods of `from` that call; none of what is no pod. */
  callers?: readonly Labels[]
  /** Labels of the pods of `to` that listen; none of what is no pod. */
  receivers?: readonly Labels[]
  /** What the callers ask for, by HTTP; anything where left out. */
  operations?: readonly Operation[]
  /** The line of a definition that it follows from. */
  declared: Place
}

/** One chart installed once in one environment. */
export interface Release {
  environment: string
  name: string
  /** Name of the team that owns it. */
  team: string
  namespace: string
  chart: Chart
  /** Weakest first; the first is the chart's own defaults. */
  layers: readonly Layer[]
  /** What its values file says: all that layers set, in no order, without nulls. */
  values: JsonObject
  /** Namespaces that it makes for others. */
  makesNamespaces: readonly string[]
}

export interface PlatformEnvironment {
  definition: Environment
  tier: Tier
  /** By name. */
  releases: readonly Release[]
  /** What the cluster brings: pods of its own, and what is known by address. */
  platform: readonly PlatformEnd[]
  /** By id. */
  flows: readonly Flow[]
}

/** A definition of a service or data. */
export interface OwnedDefinition {
  place: Place
  /** Name of the release that it defines. */
  name: string
  /** Name of the team that owns it. */
  team: string
}

/** The whole platform, checked: every environment with its releases and their values. */
export interface Platform {
  defaults: Defaults
  /** By name. */
  teams: readonly Team[]
  /** Definitions of services and data, by the name of what they define. */
  owned: readonly OwnedDefinition[]
  /** Those that can be installed. */
  charts: readonly Chart[]
  /** By name. */
  environments: readonly PlatformEnvironment[]
  locate: Locator
}
