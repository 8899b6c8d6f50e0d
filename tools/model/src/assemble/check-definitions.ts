import { findNearName, type Finding } from '@opencore/contract'
import { longestApplication, longestRelease } from '../define/names.ts'
import type { Locator } from '../locate/create-locator.ts'
import type { Chart, Override } from './input.ts'
import type { Definition } from './read-definition.ts'
import type { Definitions } from './read-definitions.ts'

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
    ...checkNames(definitions, locate),
    ...checkUses(definitions, locate),
    ...checkComponents(definitions, charts, locate),
    ...checkOverrides(definitions, overrides),
  ]
}

function checkEnvironments({ environments, tiers, services }: Definitions, locate: Locator): Finding[] {
  if (environments.length === 0) return [noEnvironments]
  const tierNames = tiers.map(({ value }) => value.name)
  const serviceNames = services.map(({ value }) => value.name)
  return environments.flatMap(({ value, place }) => [
    ...unknownNames('tier', [[value.tier, ['tier']]], tierNames, { place, locate, code: 'TIER_UNKNOWN' }),
    ...unknownNames(
      'service',
      Object.keys(value.services ?? {}).map((name) => [name, ['services', name]]),
      serviceNames,
      { place, locate, code: 'SERVICE_UNKNOWN' },
    ),
    ...misplaced(value.name, place.file, `environments/${value.name}/index.ts`),
  ])
}

/** Without environments every Application would be deleted; that is never what an empty folder means. */
const noEnvironments: Finding = {
  code: 'ENVIRONMENTS_EMPTY',
  severity: 'error',
  at: { file: 'environments' },
  found: 'there is no environment',
  wanted: 'at least one folder with an index.ts that defines an environment',
  next: 'if a platform is to end, delete its environments one by one with `opencore generate --allow-delete`',
}

function checkNames({ defaults, environments, services }: Definitions, locate: Locator): Finding[] {
  const releases = [
    ...services.map(({ value, place }) => ({ name: value.name, place: { ...place, path: ['name'] } })),
    ...Object.keys(defaults.value.components).map((name) => ({
      name,
      place: { ...defaults.place, path: ['components', name] },
    })),
  ]
  const longest = Math.max(0, ...environments.map(({ value }) => value.name.length))
  const room = Math.min(longestRelease, longestApplication - longest - 1)
  return [
    ...repeated(
      'environment',
      environments.map(({ value, place }) => ({ name: value.name, place: { ...place, path: ['name'] } })),
      locate,
    ),
    ...repeated('release', releases, locate),
    ...releases
      .filter(({ name }) => name.length > room)
      .map(({ name, place }): Finding => ({
        code: 'NAME_TOO_LONG',
        severity: 'error',
        at: locate(place),
        found: `the name \`${name}\` has ${name.length} characters`,
        wanted: `at most ${room}: Helm takes ${longestRelease}, and \`<environment>-<release>\` must fit into ${longestApplication}`,
        next: 'shorten the name',
      })),
  ]
}

function repeated(
  what: string,
  named: { name: string; place: Definition<unknown>['place'] }[],
  locate: Locator,
): Finding[] {
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

function checkUses({ services }: Definitions, locate: Locator): Finding[] {
  const byName = new Map(services.map(({ value }) => [value.name, value]))
  return services.flatMap(({ value, place }) => {
    const uses = value.uses?.services ?? []
    const finding = (index: number, code: string, found: string, wanted: string, next: string): Finding => ({
      code,
      severity: 'error',
      at: locate({ ...place, path: ['uses', 'services', index] }),
      found,
      wanted,
      next,
    })
    return uses.flatMap((name, index): Finding[] => {
      const target = byName.get(name)
      if (!target)
        return [
          unknownName('service', name, [...byName.keys()], finding.bind(undefined, index, 'SERVICE_UNKNOWN')),
        ]
      if (name === value.name)
        return [
          finding(
            index,
            'SERVICE_SELF',
            `\`${name}\` says that it uses itself`,
            'other services',
            'remove it',
          ),
        ]
      if (uses.indexOf(name) !== index)
        return [
          finding(index, 'SERVICE_REPEATED', `\`${name}\` is listed twice`, 'each service once', 'remove it'),
        ]
      if (target.exposes?.services) return []
      return [
        finding(
          index,
          'SERVICE_NOT_EXPOSED',
          `\`${name}\` is not open to other services`,
          `\`exposes: { services: true }\` in the definition of \`${name}\``,
          `agree with the owners of \`${name}\`, who then open it`,
        ),
      ]
    })
  })
}

function checkComponents({ defaults }: Definitions, charts: readonly Chart[], locate: Locator): Finding[] {
  const names = charts.map(({ name }) => name)
  const used = Object.entries(defaults.value.components).map(
    ([release, { chart }]) => [chart, ['components', release, 'chart']] as const,
  )
  return unknownNames('chart', used, names, { place: defaults.place, locate, code: 'CHART_UNKNOWN' })
}

function checkOverrides(
  { defaults, environments, services }: Definitions,
  overrides: readonly Override[],
): Finding[] {
  const releases = [...services.map(({ value }) => value.name), ...Object.keys(defaults.value.components)]
  const environmentNames = environments.map(({ value }) => value.name)
  return overrides.flatMap(({ file, environment, release }): Finding[] => {
    const finding =
      (code: string) =>
      (found: string, wanted: string, next: string): Finding => ({
        code,
        severity: 'error',
        at: { file },
        found,
        wanted,
        next,
      })
    return [
      ...(environmentNames.includes(environment)
        ? []
        : [unknownName('environment', environment, environmentNames, finding('ENVIRONMENT_UNKNOWN'))]),
      ...(releases.includes(release)
        ? []
        : [unknownName('release', release, releases, finding('RELEASE_UNKNOWN'))]),
    ]
  })
}

function unknownNames(
  what: string,
  used: readonly (readonly [name: string, path: readonly string[]])[],
  known: readonly string[],
  { place, locate, code }: { place: Definition<unknown>['place']; locate: Locator; code: string },
): Finding[] {
  return used
    .filter(([name]) => !known.includes(name))
    .map(([name, path]) =>
      unknownName(what, name, known, (found, wanted, next) => ({
        code,
        severity: 'error',
        at: locate({ ...place, path }),
        found,
        wanted,
        next,
      })),
    )
}

function unknownName(
  what: string,
  name: string,
  known: readonly string[],
  finding: (found: string, wanted: string, next: string) => Finding,
): Finding {
  const near = findNearName(name, known)
  const wanted =
    known.length === 0 ? `a ${what} that exists; there is none` : `one of ${[...new Set(known)].join(', ')}`
  return finding(
    `there is no ${what} \`${name}\``,
    wanted,
    near ? `did you mean \`${near}\`?` : `define it, or correct the name`,
  )
}

/** An environment lives in the folder of its name: CODEOWNERS, refs and overrides all go by it. */
function misplaced(name: string, file: string, wanted: string): Finding[] {
  if (file === wanted) return []
  return [
    {
      code: 'ENVIRONMENT_FOLDER',
      severity: 'error',
      at: { file },
      found: `the environment \`${name}\` is defined in ${file}`,
      wanted: `it in ${wanted}`,
      next: 'rename the folder or the environment',
    },
  ]
}
