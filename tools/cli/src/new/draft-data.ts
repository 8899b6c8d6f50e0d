import type { Finding } from '@opencore/contract'
import { checkAbout } from './check-about.ts'
import { checkGiven, checkNames, refuseFlag } from './check-flags.ts'
import { checkName } from './check-name.ts'
import type { DraftRequest } from './draft.ts'
import { listFirstRing, listNamespaces, listReleases, namesOf } from './known-names.ts'
import { listNext } from './list-next.ts'
import { printDefinition } from './print-definition.ts'

export interface DataFlags {
  about?: string | undefined
  kind?: string | undefined
  team?: string | undefined
  namespace?: string | undefined
  /** Of postgres. */
  database?: string | undefined
  /** Of kafka. */
  topic?: string[] | undefined
  /** Of redis. */
  use?: string | undefined
}

/** The least that one of a kind needs to be told: the rest follows from the tier. */
interface Kind {
  flag: string
  what: string
  given: (flags: DataFlags) => unknown
  values: (flags: DataFlags) => object
}

const kinds: Readonly<Record<string, Kind>> = {
  postgres: {
    flag: '--database',
    what: 'name of its first database, and of the role that owns it',
    given: ({ database }) => database,
    values: ({ database }) => ({ bootstrap: { initdb: { database, owner: database } } }),
  },
  kafka: {
    flag: '--topic',
    what: 'its topics: facts such as <service>.events',
    given: ({ topic }) => topic,
    values: ({ topic = [] }) => ({
      topics: Object.fromEntries(topic.map((name) => [name, { compatibility: 'FULL_TRANSITIVE' }])),
    }),
  },
  redis: {
    flag: '--use',
    what: 'what it is for, such as cache or session: eviction, persistence and copies follow',
    given: ({ use }) => use,
    values: ({ use }) => ({ use }),
  },
}

/** What `--kind` may say. */
export const kindNames = Object.keys(kinds)

/** A database, Kafka cluster or Redis, in the first ring alone. */
export function draftData(name: string, flags: DataFlags): DraftRequest {
  const { about = '', kind = '', team = '', namespace = '' } = flags
  return {
    noun: 'data',
    name,
    check: (known) => [
      ...checkName('data', name, listReleases(known)),
      ...checkGiven([
        ['--about', flags.about, 'what it keeps, in a sentence'],
        ['--kind', flags.kind, `one of ${kindNames.join(', ')}`],
        ['--team', flags.team, `who owns it: one of ${namesOf(known.teams).join(', ')}`],
        [
          '--namespace',
          flags.namespace,
          `that of the services which use it, such as ${listNamespaces(known).join(', ')}`,
        ],
      ]),
      ...checkAbout(flags.about),
      ...checkNames('--team', 'team', flags.team === undefined ? [] : [flags.team], namesOf(known.teams)),
      ...checkKind(flags),
    ],
    write: (known) => {
      const environments = listFirstRing(known)
      const value = { name, team, chart: kind, namespace, environments, values: kinds[kind]?.values(flags) }
      const path = `environments/data/${name}.ts`
      return {
        files: [printDefinition({ path, define: 'defineData', name, about, value })],
        next: listNext(environments),
      }
    },
  }
}

/** What its kind needs is given (FLAG_MISSING), and nothing that another needs (FLAG_OTHER_KIND). */
function checkKind(flags: DataFlags): Finding[] {
  if (flags.kind === undefined) return []
  const own = kinds[flags.kind]
  if (own === undefined) return checkNames('--kind', 'kind', [flags.kind], kindNames)
  const others = Object.entries(kinds).filter(
    ([kind, { given }]) => kind !== flags.kind && given(flags) !== undefined,
  )
  return [
    ...checkGiven([[own.flag, own.given(flags), own.what]]),
    ...others.map(([kind, { flag }]) =>
      refuseFlag('FLAG_OTHER_KIND', flag, {
        found: `it is for ${kind}, and this is ${flags.kind ?? ''}`,
        wanted: `flags of ${flags.kind ?? ''}: ${own.flag}`,
        next: `leave ${flag} out`,
      }),
    ),
  ]
}
