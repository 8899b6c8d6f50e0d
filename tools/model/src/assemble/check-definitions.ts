import type { Finding } from '@opencore/contract'
import type { Locator } from '../locate/create-locator.ts'
import { checkCounterparts } from './check-counterparts.ts'
import { checkData } from './check-data.ts'
import { checkEnvironments } from './check-environments.ts'
import { checkImages } from './check-images.ts'
import { checkNames } from './check-names.ts'
import { checkNamespaces } from './check-namespaces.ts'
import { checkPresence } from './check-presence.ts'
import { checkTeams } from './check-teams.ts'
import { checkUses } from './check-uses.ts'
import { checkZones } from './check-zones.ts'
import type { Chart, Override } from './input.ts'
import type { Definitions } from './read-definitions.ts'
import { unknownName } from './unknown-name.ts'

/**
 * What definitions say about each other: names that are taken or too long, tiers, services and charts that do not
 * exist, overrides for nothing, no environments at all.
 */
export function checkDefinitions(
  definitions: Definitions,
  { charts, overrides }: { charts: readonly Chart[]; overrides: readonly Override[] },
  locate: Locator,
): Finding[] {
  return [
    ...checkEnvironments(definitions, locate),
    ...checkCounterparts(definitions, locate),
    ...checkZones(definitions, locate),
    ...checkNames(definitions, locate),
    ...checkNamespaces(definitions, locate),
    ...checkImages(definitions, locate),
    ...checkTeams(definitions, locate),
    ...checkPresence(definitions, overrides, locate),
    ...checkUses(definitions, locate),
    ...checkData(definitions, charts, locate),
    ...checkComponents(definitions, charts, locate),
    ...checkOverrides(definitions, overrides),
  ]
}

function checkComponents({ defaults }: Definitions, charts: readonly Chart[], locate: Locator): Finding[] {
  const known = charts.map(({ name }) => name)
  return Object.entries(defaults.value.components)
    .filter(([, { chart }]) => !known.includes(chart))
    .map(([release, { chart }]) =>
      unknownName(
        'chart',
        chart,
        known,
        locate({ ...defaults.place, path: ['components', release, 'chart'] }),
      ),
    )
}

/** An override is found by its path alone, so a misspelt folder or file would silently do nothing. */
function checkOverrides(
  { data, defaults, environments, services }: Definitions,
  overrides: readonly Override[],
): Finding[] {
  const releases = [
    ...[...services, ...data].map(({ value }) => value.name),
    ...Object.keys(defaults.value.components),
  ]
  const homes = environments.map(({ value }) => value.name)
  return overrides.flatMap(({ file, environment, release }) => [
    ...(homes.includes(environment) ? [] : [unknownName('environment', environment, homes, { file })]),
    ...(releases.includes(release) ? [] : [unknownName('release', release, releases, { file })]),
  ])
}
