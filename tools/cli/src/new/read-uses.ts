import { groupBy, type Finding } from '@opencore/contract'
import { dataKindOf, dataKinds, useFlags, type UseFlag } from '@opencore/model'
import { checkNames, refuseFlag } from './check-flags.ts'
import { namesOf, type KnownNames } from './known-names.ts'

/** What a service uses, as it is typed: `<name>`, or `<name>/<what>` with what it uses there. */
export type UsesFlags = Partial<Record<UseFlag, string[] | undefined>>

/** What a definition says of it; kinds of data by their chart. */
export type Uses = Readonly<Record<string, unknown>>

interface TypedUse {
  flag: UseFlag
  text: string
  name: string
  /** What it uses there. */
  what?: string
}

/**
 * Sort what a service uses by what it is. Findings: UNKNOWN_NAME, USE_ARGUMENT where a flag names what its part does not
 * have, and USE_REPEATED for a second one of a kind.
 */
export function readUses(
  flags: UsesFlags,
  known: KnownNames,
): { uses: Uses | undefined; findings: Finding[] } {
  const typed = useFlags.flatMap((flag) => (flags[flag] ?? []).map((text) => splitUse(flag, text)))
  const unknown = useFlags.flatMap((flag) => checkKnown(flag, typed, known))
  if (unknown.length > 0) return { uses: undefined, findings: unknown }
  const services = namesOf(known.services)
  const called = typed.filter(({ name }) => services.includes(name))
  const used = typed.filter(({ name }) => !services.includes(name))
  const chartOf = ({ name }: TypedUse) => known.data.find((one) => one.name === name)?.chart ?? ''
  const byChart = [...groupBy(used, chartOf)]
  const uses = {
    ...(called.length > 0 && { services: called.map(({ name }) => name) }),
    ...Object.fromEntries(byChart.map(([chart, all]) => [chart, printUse(chart, all)])),
  }
  return {
    uses: Object.keys(uses).length === 0 ? undefined : uses,
    findings: [
      ...called.flatMap((use) => checkWhat(use, 'a service')),
      ...byChart.flatMap(([chart, all]) => [
        ...all.flatMap((use) => checkWhat(use, chart)),
        ...checkOne(chart, all),
      ]),
    ],
  }
}

function splitUse(flag: UseFlag, text: string): TypedUse {
  const at = text.indexOf('/')
  return at < 0
    ? { flag, text, name: text }
    : { flag, text, name: text.slice(0, at), what: text.slice(at + 1) }
}

/** The kinds of data that a flag is for. */
export const kindsFor = (flag: UseFlag): string[] =>
  Object.keys(dataKinds).filter((kind) => dataKindOf(kind)?.used?.rights[flag] !== undefined)

/** `--uses` names whatever there is, and the others what has something to be named there. */
function checkKnown(flag: UseFlag, typed: readonly TypedUse[], { services, data }: KnownNames): Finding[] {
  const names = typed.filter((use) => use.flag === flag).map(({ name }) => name)
  if (flag === 'uses') return checkNames('--uses', 'service or data', names, namesOf([...services, ...data]))
  const kinds = kindsFor(flag)
  const fitting = data.filter(({ chart = '' }) => kinds.includes(chart))
  return checkNames(`--${flag}`, kinds.join(' or '), names, namesOf(fitting))
}

/** What stands behind the slash is something that parts of the kind have, and that this flag is for. */
function checkWhat({ flag, text, name, what }: TypedUse, kind: string): Finding[] {
  const used = dataKindOf(kind)?.used
  if (what === undefined || used?.rights[flag]) return []
  const others = useFlags.filter((other) => used?.rights[other]).map((other) => `--${other}`)
  return [
    refuseFlag('USE_ARGUMENT', `--${flag}`, {
      found: `\`${text}\` names something of ${kind}, which this flag does not take`,
      wanted: used ? `its name alone, or a ${used.what} behind ${others.join(' or ')}` : 'its name alone',
      next: used ? `say ${others.join(' or ')} for \`${text}\`` : `write \`${name}\``,
    }),
  ]
}

/** A definition names one of each kind. */
function checkOne(chart: string, uses: readonly TypedUse[]): Finding[] {
  const names = [...new Set(uses.map(({ name }) => name))]
  if (names.length < 2) return []
  return [
    refuseFlag('USE_REPEATED', `--${uses.at(-1)?.flag ?? ''}`, {
      found: `${names.join(' and ')} are both ${chart}`,
      wanted: 'one of each kind of data',
      next: 'use one of them, or split the service',
    }),
  ]
}

/** The name alone, or with what the service may do there. */
function printUse(chart: string, uses: readonly TypedUse[]): unknown {
  const [{ name } = { name: '' }] = uses
  const rights = useFlags.map((flag): object => {
    const named = uses.flatMap((use) => (use.flag === flag && use.what !== undefined ? [use.what] : []))
    return named.length > 0 ? (dataKindOf(chart)?.used?.rights[flag]?.(named) ?? {}) : {}
  })
  const all = rights.reduce((joined, each) => ({ ...joined, ...each }), {})
  return Object.keys(all).length === 0 ? name : { name, ...all }
}
