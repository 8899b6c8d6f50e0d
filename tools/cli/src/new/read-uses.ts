import type { Finding } from '@opencore/contract'
import { checkNames, refuseFlag } from './check-flags.ts'
import { namesOf, type KnownNames } from './known-names.ts'

/** What a service uses, as it is typed. */
export interface UsesFlags {
  /** Services and data; of Redis with the group of keys behind a slash. */
  uses?: string[] | undefined
  /** `<kafka>/<topic>` */
  reads?: string[] | undefined
  writes?: string[] | undefined
}

/** What a definition says of it; kinds of data by their chart. */
export type Uses = Readonly<Record<string, unknown>>

/** One part of the data layer that is used, and for what. */
interface DataUse {
  flag: string
  name: string
  /** `keyspaces`, or `producer` and `consumer` with topics. */
  right?: { role: string; what: string }
}

/** Sort what a service uses by what it is. Findings: UNKNOWN_NAME, and USE_REPEATED for a second one of a kind. */
export function readUses(
  flags: UsesFlags,
  known: KnownNames,
): { uses: Uses | undefined; findings: Finding[] } {
  const services = namesOf(known.services)
  const called = (flags.uses ?? []).filter((name) => services.includes(name))
  const used = listData(flags, services)
  const findings = ['--uses', '--reads', '--writes'].flatMap((flag) =>
    checkNames(
      flag,
      flag === '--uses' ? 'service or data' : 'Kafka',
      used.filter((use) => use.flag === flag).map(({ name }) => name),
      flag === '--uses'
        ? [...services, ...namesOf(known.data)]
        : namesOf(known.data.filter(({ chart }) => chart === 'kafka')),
    ),
  )
  if (findings.length > 0) return { uses: undefined, findings }
  const byChart = new Map<string, DataUse[]>()
  for (const use of used) {
    const { chart = '' } = known.data.find(({ name }) => name === use.name) ?? {}
    byChart.set(chart, [...(byChart.get(chart) ?? []), use])
  }
  const data = [...byChart].map(([chart, uses]) => [chart, printUse(uses)] as const)
  const uses = { ...(called.length > 0 && { services: called }), ...Object.fromEntries(data) }
  return {
    uses: Object.keys(uses).length === 0 ? undefined : uses,
    findings: [...byChart].flatMap(([chart, all]) => checkOne(chart, all)),
  }
}

function listData({ uses = [], reads = [], writes = [] }: UsesFlags, services: readonly string[]): DataUse[] {
  const split = (flag: string, role: string) => (text: string) => {
    const at = text.indexOf('/')
    const [name, what] = at < 0 ? [text] : [text.slice(0, at), text.slice(at + 1)]
    return { flag, name, ...(what !== undefined && { right: { role, what } }) }
  }
  return [
    ...uses.filter((name) => !services.includes(name)).map(split('--uses', 'keyspaces')),
    ...writes.map(split('--writes', 'producer')),
    ...reads.map(split('--reads', 'consumer')),
  ]
}

/** A definition names one of each kind. */
function checkOne(chart: string, uses: readonly DataUse[]): Finding[] {
  const names = [...new Set(uses.map(({ name }) => name))]
  if (names.length < 2) return []
  return [
    refuseFlag('USE_REPEATED', uses.at(-1)?.flag ?? '', {
      found: `${names.join(' and ')} are both ${chart}`,
      wanted: 'one of each kind of data',
      next: 'use one of them, or split the service',
    }),
  ]
}

/** The name alone, or with what the service may do there. */
function printUse(uses: readonly DataUse[]): unknown {
  const [{ name } = { name: '' }] = uses
  const whatOf = (role: string) => uses.flatMap(({ right }) => (right?.role === role ? [right.what] : []))
  const [keyspaces, written, read] = [whatOf('keyspaces'), whatOf('producer'), whatOf('consumer')]
  const rights = {
    ...(keyspaces.length > 0 && { keyspaces }),
    ...(written.length > 0 && { producer: { topics: written } }),
    ...(read.length > 0 && { consumer: { topics: read } }),
  }
  return Object.keys(rights).length === 0 ? name : { name, ...rights }
}
