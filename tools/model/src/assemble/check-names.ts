import type { Finding } from '@opencore/contract'
import { longestApplication, longestRelease } from '../names.ts'
import type { Locator, Place } from '../locate/create-locator.ts'
import type { Definitions } from './read-definitions.ts'

interface Named {
  name: string
  place: Place
}

/**
 * Names that are taken or too long. Findings: `NAME_TAKEN`, `NAME_TOO_LONG`, and `APPLICATION_TAKEN` where two pairs
 * of environment and release give one Application: `prod` with `eu-cards`, and `prod-eu` with `cards`.
 */
export function checkNames(
  { data, defaults, environments, platform, services, teams, tiers }: Definitions,
  locate: Locator,
): Finding[] {
  const homes = environments.map(nameOf)
  const releases = [
    ...services.map(nameOf),
    ...data.map(nameOf),
    ...Object.keys(defaults.value.components).map((name) => ({
      name,
      place: { ...defaults.place, path: ['components', name] },
    })),
  ]
  return [
    ...findRepeated('environment', homes, locate),
    ...findRepeated('team', teams.map(nameOf), locate),
    ...findRepeated('tier', tiers.map(nameOf), locate),
    ...findRepeated('release', releases, locate),
    // Flows name their ends, whichever of the two they are.
    ...findRepeated('part', [...dropRepeated(releases), ...platform.map(nameOf)], locate),
    ...findLong(homes, releases, locate),
    ...findAmbiguous(homes, releases, locate),
  ]
}

function nameOf({ value, place }: { value: { name: string }; place: Place }): Named {
  return { name: value.name, place: { ...place, path: ['name'] } }
}

function findRepeated(what: string, named: readonly Named[], locate: Locator): Finding[] {
  return named.flatMap(({ name, place }, index): Finding[] => {
    const first = named.findIndex((other) => other.name === name)
    if (first === index) return []
    return [
      {
        code: 'NAME_TAKEN',
        severity: 'error',
        at: locate(place),
        found: `a second ${what} is called \`${name}\``,
        wanted: `names that differ; the first is in ${named[first]?.place.file ?? ''}`,
        next: 'rename one of them',
      },
    ]
  })
}

/** The first of each name. */
function dropRepeated(named: readonly Named[]): Named[] {
  return [...new Map(named.toReversed().map((each) => [each.name, each])).values()]
}

function findLong(homes: readonly Named[], releases: readonly Named[], locate: Locator): Finding[] {
  const longest = Math.max(0, ...homes.map(({ name }) => name.length))
  const room = Math.min(longestRelease, longestApplication - longest - 1)
  return releases
    .filter(({ name }) => name.length > room)
    .map(({ name, place }) => ({
      code: 'NAME_TOO_LONG',
      severity: 'error',
      at: locate(place),
      found: `the name \`${name}\` has ${name.length} characters`,
      wanted: `at most ${room}: Helm takes ${longestRelease}, and \`<environment>-<release>\` must fit into ${longestApplication}`,
      next: 'shorten the name',
    }))
}

/** Environments bring an Application of their own, `<environment>-bootstrap`. */
function findAmbiguous(homes: readonly Named[], releases: readonly Named[], locate: Locator): Finding[] {
  const bootstraps = new Map(homes.map((home) => [`${home.name}-bootstrap`, `the bootstrap of ${home.name}`]))
  const owners = new Map(bootstraps)
  return homes.flatMap((home) =>
    releases.flatMap(({ name, place }): Finding[] => {
      const application = `${home.name}-${name}`
      const owner = owners.get(application)
      owners.set(application, owner ?? `${home.name}/${name}`)
      if (owner === undefined || owner === `${home.name}/${name}`) return []
      return [
        {
          code: 'APPLICATION_TAKEN',
          severity: 'error',
          at: locate(place),
          found: `${home.name}/${name} would be the Application \`${application}\`, as ${owner} is`,
          wanted: 'one Application for each release',
          next: 'rename the release',
        },
      ]
    }),
  )
}
