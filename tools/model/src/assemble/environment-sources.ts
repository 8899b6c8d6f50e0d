import type { Definition } from '../definition.ts'
import type { Data } from '../define/data.ts'
import type { Environment } from '../define/environment.ts'
import { isIn } from '../define/presence.ts'
import type { Service } from '../define/service.ts'
import type { Chart, Override, PlatformInput } from './input.ts'
import type { Definitions } from './read-definitions.ts'

/** What production must not name: the domain of an environment of another tier. */
export interface ForeignDomain {
  name: string
  domain: string
}

/**
 * All that one environment is assembled, judged and planned from. Whoever does it gets nothing else: what is kept by a
 * digest of it cannot be stale.
 */
export interface EnvironmentSources {
  environment: Definition<Environment>
  /** Its own tier, its counterpart, and the services, data and images that are in it. */
  definitions: Definitions
  /** Those of its own folder. */
  overrides: readonly Override[]
  charts: readonly Chart[]
  /** Of production alone. */
  foreign: readonly ForeignDomain[]
}

/** What of a platform's definitions and files concerns one environment. */
export function narrowSources(
  environment: Definition<Environment>,
  definitions: Definitions,
  { charts, overrides }: PlatformInput,
): EnvironmentSources {
  const { name, tier, counterpart } = environment.value
  const here = ({ value }: Definition<Service> | Definition<Data>) => isIn(value, name)
  const services = definitions.services.filter(here)
  const images = services.flatMap(({ value }) => {
    const image = definitions.images.get(value.name)
    return image ? [[value.name, image] as const] : []
  })
  return {
    environment,
    definitions: {
      ...definitions,
      services,
      data: definitions.data.filter(here),
      images: new Map(images),
      tiers: definitions.tiers.filter(({ value }) => value.name === tier),
      environments: definitions.environments.filter(({ value }) =>
        [name, counterpart?.environment].includes(value.name),
      ),
    },
    overrides: overrides.filter((file) => file.environment === name),
    charts,
    foreign: tier === 'production' ? listForeign(definitions) : [],
  }
}

function listForeign({ environments }: Definitions): ForeignDomain[] {
  return environments
    .map(({ value }) => value)
    .filter(({ tier }) => tier !== 'production')
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .map(({ name, domain }) => ({ name, domain }))
}
