import {
  collect,
  failure,
  formatFinding,
  sortFindings,
  success,
  type Finding,
  type Result,
} from '@opencore/contract/findings'
import { createLocator, type Locator } from '../locate/create-locator.ts'
import { assembleEnvironment } from './assemble-environment.ts'
import { assembleLater } from './assemble-later.ts'
import { checkDefinitions } from './check-definitions.ts'
import { checkIsolation } from './check-isolation.ts'
import { checkRegions } from './check-regions.ts'
import { narrowSources, type EnvironmentSources } from './environment-sources.ts'
import type { PlatformInput } from './input.ts'
import type { OwnedDefinition, Platform } from './platform.ts'
import { readDefinitions, type Definitions } from './read-definitions.ts'

/**
 * The whole platform from its layer files: every environment with its releases, their values, and the flows between them.
 * Pure: equal input gives an equal platform. Findings come in two rounds, each complete: first what is wrong with
 * definitions and with what they say about each other, then what is wrong with merged values.
 * @param only what is asked about: definitions are checked whole, the other environments and releases are not finished,
 *   and neither they nor what must hold between environments is judged
 * @param isKnown whether nothing was wrong with an environment of the very same sources: it is not judged again, and
 *   assembled only when somebody asks for its releases
 */
export function assemblePlatform(
  input: PlatformInput,
  only: Asked = {},
  isKnown: IsKnown = () => false,
): Result<Platform> {
  const locate = createLocator(collectTexts(input))
  const result = assemble(input, locate, only, isKnown)
  return result.ok ? result : failure(dropRepeated(sortFindings(result.findings)))
}

function assemble(input: PlatformInput, locate: Locator, only: Asked, isKnown: IsKnown): Result<Platform> {
  const definitions = readDefinitions(input, locate)
  if (!definitions.ok) return definitions
  const wrong = checkDefinitions(definitions.value, input, locate)
  if (wrong.length > 0) return failure(wrong)
  const ordered = definitions.value.environments.toSorted((a, b) => (a.value.name < b.value.name ? -1 : 1))
  const one = ordered.filter(({ value }) => value.name === only.environment)
  // A name that nobody has needs all environments, so that the near one can be said.
  const wanted = one.length > 0 ? one : ordered
  const sourced = wanted.map((environment) => {
    const sources = narrowSources(environment, definitions.value, input)
    return { sources, known: isKnown(sources) }
  })
  const environments = collect(
    sourced.map(({ sources, known }) =>
      known ? success(assembleLater(sources, locate)) : assembleEnvironment(sources, locate, only.release),
    ),
  )
  if (!environments.ok) return environments
  const across = sourced.flatMap(({ sources: { foreign }, known }, index) => {
    const environment = environments.value[index]
    if (known || one.length > 0 || !environment) return []
    return [...checkIsolation(environment, foreign, locate), ...checkRegions(environment, locate)]
  })
  if (across.length > 0) return failure(across)
  return success({
    defaults: definitions.value.defaults.value,
    teams: byName(definitions.value.teams.map(({ value }) => value)),
    owned: listOwned(definitions.value),
    charts: input.charts,
    environments: environments.value,
    locate,
  })
}

function listOwned({ data, services }: Definitions): OwnedDefinition[] {
  return byName([...services, ...data].map(({ value: { name, team }, place }) => ({ place, name, team })))
}

const byName = <T extends { name: string }>(named: readonly T[]) =>
  named.toSorted((a, b) => (a.name < b.name ? -1 : 1))

type IsKnown = (sources: EnvironmentSources) => boolean

/** One environment, or one release of it, by name. */
export interface Asked {
  environment?: string
  release?: string
}

function collectTexts({ sources, overrides, images }: PlatformInput): Map<string, string> {
  const decoder = new TextDecoder()
  const files = [...overrides, ...images].map(({ file, bytes }) => [file, decoder.decode(bytes)] as const)
  return new Map([...Object.entries(sources), ...files])
}

/** A mistake in a tier is found again in every release below it; it is one mistake. */
function dropRepeated(findings: readonly Finding[]): Finding[] {
  return [...new Map(findings.map((finding) => [formatFinding(finding), finding])).values()]
}
