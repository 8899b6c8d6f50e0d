import type { Data } from './data.ts'
import type { Defaults } from './defaults.ts'
import type { Environment } from './environment.ts'
import type { PlatformPart } from './platform-part.ts'
import type { Service } from './service.ts'
import type { Team } from './team.ts'
import type { Tier } from './tier.ts'

// Each function returns its argument: it is there for the compiler and for the reader. `assemblePlatform` checks again,
// because layer files are transpiled without type checks when a command runs.

/** What holds for the whole platform, and the weakest layer of values: `environments/defaults.ts`. */
export function defineDefaults(defaults: Defaults): Defaults {
  return defaults
}

/** One kind of environment: `environments/tiers/<tier>.ts`. */
export function defineTier(tier: Tier): Tier {
  return tier
}

/** People who own services and data: `environments/teams/<team>.ts`. */
export function defineTeam(team: Team): Team {
  return team
}

/** One service of the platform, the same in every environment: `environments/services/<service>.ts`. */
export function defineService(service: Service): Service {
  return service
}

/** One database, Kafka cluster or Redis, the same in every environment: `environments/data/<name>.ts`. */
export function defineData(data: Data): Data {
  return data
}

/** One cluster in one region: `environments/<environment>/index.ts`. */
export function defineEnvironment(environment: Environment): Environment {
  return environment
}

/** Something that the cluster brings and that ours talks to: `environments/platform/<part>.ts`. */
export function definePlatformPart(part: PlatformPart): PlatformPart {
  return part
}
