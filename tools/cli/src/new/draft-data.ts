import { groupBy, type Finding } from '@opencore/contract'
import { dataKindOf, dataKinds, type JsonObject } from '@opencore/model'
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
  /** What was given behind the flags of kinds, by flag. */
  own: ReadonlyMap<string, readonly string[]>
}

/** What `--kind` may say. */
export const kindNames = Object.keys(dataKinds)

/** The flags of which each is for some kinds alone, and what they are for. */
export function listOwnFlags(): { flag: string; takes: string; what: string }[] {
  const asked = kindNames.flatMap((kind) => {
    const first = dataKindOf(kind)?.first
    return first ? [{ ...first, what: `of ${kind}: ${first.what}` }] : []
  })
  return [...groupBy(asked, ({ flag }) => flag)].map(([flag, [first, ...others]]) => ({
    flag,
    takes: first?.takes ?? '',
    what: [first, ...others].map((each) => each?.what).join('; '),
  }))
}

/** A command line for each kind. */
export function listExamples(): string[] {
  return kindNames.flatMap((kind) => {
    const { example } = dataKindOf(kind)?.first ?? {}
    return example === undefined
      ? []
      : `new data ${example} --kind ${kind} --team payments --namespace banking-services`
  })
}

/** One of a kind of data, in the first ring alone. */
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
      const value = { name, team, chart: kind, namespace, environments, values: valuesOf(flags) }
      const path = `environments/data/${name}.ts`
      return {
        files: [printDefinition({ path, define: 'defineData', name, about, value })],
        next: listNext(environments),
      }
    },
  }
}

function valuesOf({ kind = '', own }: DataFlags): JsonObject | undefined {
  const first = dataKindOf(kind)?.first
  return first?.values(own.get(first.flag) ?? [])
}

/** What its kind needs is given (FLAG_MISSING), and nothing that only others need (FLAG_OTHER_KIND). */
function checkKind({ kind, own }: DataFlags): Finding[] {
  if (kind === undefined) return []
  const wanted = dataKindOf(kind)
  if (wanted === undefined) return checkNames('--kind', 'kind', [kind], kindNames)
  const { first } = wanted
  const others = [...own.keys()].filter((flag) => flag !== first?.flag)
  return [
    ...checkGiven(first ? [[first.flag, own.get(first.flag), first.what]] : []),
    ...others.map((flag) =>
      refuseFlag('FLAG_OTHER_KIND', flag, {
        found: `it is for ${kindsWith(flag).join(' and ')}, and this is ${kind}`,
        wanted: first ? `flags of ${kind}: ${first.flag}` : `no flag of a kind: ${kind} has none`,
        next: `leave ${flag} out`,
      }),
    ),
  ]
}

const kindsWith = (flag: string) => kindNames.filter((kind) => dataKindOf(kind)?.first?.flag === flag)
