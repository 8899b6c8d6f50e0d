import { FindingsError } from '@opencore/contract/findings'
import type { Locator } from '../locate/create-locator.ts'
import { assembleEnvironment } from './assemble-environment.ts'
import type { EnvironmentSources } from './environment-sources.ts'
import type { PlatformEnvironment } from './platform.ts'

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
  return {
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
}

function assembleNow(sources: EnvironmentSources, locate: Locator): PlatformEnvironment {
  const result = assembleEnvironment(sources, locate)
  if (!result.ok) throw new FindingsError(result.findings)
  return result.value
}
