import type { Finding } from '@opencore/contract/findings'
import { isIn } from '../define/presence.ts'
import { readUses } from '../graph/read-part.ts'
import type { Locator } from '../locate/create-locator.ts'
import type { Override } from './input.ts'
import type { Definitions } from './read-definitions.ts'
import { unknownName } from './unknown-name.ts'

type Part = Definitions['services'][number] | Definitions['data'][number]

/**
 * Services and data that are not in every environment. Findings: `ENVIRONMENT_UNKNOWN`, `USE_ABSENT` where something is
 * used in an environment that it is not in, `COUNTERPART_LACKS` where only one of two regions has it, `RELEASE_ABSENT` for
 * values of what is not there.
 */
export function checkPresence(
  definitions: Definitions,
  overrides: readonly Override[],
  locate: Locator,
): Finding[] {
  const { data, environments, services } = definitions
  const parts: readonly Part[] = [...services, ...data]
  const names = environments.map(({ value }) => value.name)
  return [
    ...parts.flatMap((part) => checkNames(part, names, locate)),
    ...parts.flatMap((part) => checkUsed(part, parts, names, locate)),
    ...parts.flatMap((part) => checkRegions(part, environments, locate)),
    ...checkValues(parts, definitions, overrides, locate),
  ]
}

function checkNames({ value, place }: Part, names: readonly string[], locate: Locator): Finding[] {
  return (value.environments ?? []).flatMap((name, index) =>
    names.includes(name)
      ? []
      : [unknownName('environment', name, names, locate({ ...place, path: ['environments', index] }))],
  )
}

function checkUsed(part: Part, parts: readonly Part[], names: readonly string[], locate: Locator): Finding[] {
  const user = part.value.name
  return readUses(part).flatMap(({ to, place }): Finding[] => {
    const used = parts.find(({ value }) => value.name === to)
    if (!used) return []
    const lacking = names.filter((name) => isIn(part.value, name) && !isIn(used.value, name))
    if (lacking.length === 0) return []
    return [
      {
        code: 'USE_ABSENT',
        severity: 'error',
        at: locate(place),
        found: `\`${user}\` uses \`${to}\` in ${lacking.join(', ')}, where there is no \`${to}\``,
        wanted: 'what it uses wherever it is',
        next: `add them to \`environments\` in ${used.place.file}, or limit \`${user}\` to where \`${to}\` is`,
      },
    ]
  })
}

/** What one region serves, the other takes over. */
function checkRegions(
  { value: part, place }: Part,
  environments: Definitions['environments'],
  locate: Locator,
): Finding[] {
  return environments.flatMap(({ value: { name, counterpart } }): Finding[] => {
    if (!counterpart || !isIn(part, name) || isIn(part, counterpart.environment)) return []
    return [
      {
        code: 'COUNTERPART_LACKS',
        severity: 'error',
        at: locate({ ...place, path: ['environments'] }),
        found: `\`${part.name}\` is in ${name} and not in its counterpart ${counterpart.environment}`,
        wanted: 'both or neither: what one region serves, the other takes over',
        next: `add '${counterpart.environment}', or take '${name}' out`,
      },
    ]
  })
}

/** Values of a release that is not in the environment would silently do nothing. */
function checkValues(
  parts: readonly Part[],
  { environments }: Definitions,
  overrides: readonly Override[],
  locate: Locator,
): Finding[] {
  const absent = (release: string, environment: string) =>
    parts.find(({ value }) => value.name === release && !isIn(value, environment))
  const written = environments.flatMap(({ value, place }) =>
    (['services', 'data'] as const).flatMap((section) =>
      Object.keys(value[section] ?? {}).map((release) => ({
        release,
        environment: value.name,
        at: () => locate({ ...place, path: [section, release] }),
      })),
    ),
  )
  const files = overrides
    .filter(({ environment }) => environments.some(({ value }) => value.name === environment))
    .map(({ file, environment, release }) => ({ release, environment, at: () => ({ file }) }))
  return [...written, ...files].flatMap(({ release, environment, at }): Finding[] => {
    const part = absent(release, environment)
    if (!part) return []
    return [
      {
        code: 'RELEASE_ABSENT',
        severity: 'error',
        at: at(),
        found: `values of \`${release}\`, which is not in ${environment}`,
        wanted: 'values of what is there',
        next: `take them out, or add '${environment}' to \`environments\` in ${part.place.file}`,
      },
    ]
  })
}
