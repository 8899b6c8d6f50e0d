import { FindingsError } from '@opencore/contract/findings'
import type { Locator } from '../locate/create-locator.ts'
import { assembleEnvironment } from './assemble-environment.ts'
import type { EnvironmentSources } from './environment-sources.ts'
import type { PlatformEnvironment, Release } from './platform.ts'

/**
 * An environment of which an earlier run found that nothing is wrong with it: its releases and flows are worked out
 * when somebody asks for them. Throws a FindingsError then, should something be wrong all the same.
 */
export function assembleLater(sources: EnvironmentSources, locate: Locator): PlatformEnvironment {
  let whole: PlatformEnvironment | undefined
  const assembled = () => (whole ??= assembleNow(sources, locate))
  const { environment, definitions } = sources
  const [tier] = definitions.tiers
  if (!tier) throw new Error(`${environment.value.name} is of a tier that nobody defined`)
  const later: PlatformEnvironment = {
    definition: environment.value,
    tier: tier.value,
    get releases() {
      return assembled().releases
    },
    get platform() {
      return assembled().platform
    },
    get flows() {
      return assembled().flows
    },
  }
  let asked = 0
  // Who asks for a second one may ask for all of them.
  alone.set(later, (name) =>
    whole || asked++ > 0 ? assembled().releases : assembleNow(sources, locate, name).releases,
  )
  return later
}

/** Of an environment that is not assembled yet: its releases, of which one alone is worked out. */
const alone = new WeakMap<PlatformEnvironment, (name: string) => PlatformEnvironment['releases']>()

/** One release by name; the others are not worked out for it. */
export function findRelease(environment: PlatformEnvironment, name: string): Release | undefined {
  const releases = alone.get(environment)?.(name) ?? environment.releases
  return releases.find((release) => release.name === name)
}

function assembleNow(sources: EnvironmentSources, locate: Locator, only?: string): PlatformEnvironment {
  const result = assembleEnvironment(sources, locate, only)
  if (!result.ok) throw new FindingsError(result.findings)
  return result.value
}
