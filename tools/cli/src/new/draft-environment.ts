import type { Finding, PlannedFile } from '@opencore/contract'
import { replaceValues, type Replacement } from '@opencore/model'
import { Refusal } from '../output/refusal.ts'
import { readLike, type LikeEnvironment } from './asked-places.ts'
import { checkAbout } from './check-about.ts'
import { checkGiven, checkNames, refuseFlag } from './check-flags.ts'
import { checkName } from './check-name.ts'
import type { Draft, DraftRequest, Sources } from './draft.ts'
import { namesOf } from './known-names.ts'
import { listNext } from './list-next.ts'

export interface EnvironmentFlags {
  about?: string | undefined
  like?: string | undefined
  region?: string | undefined
  zones?: string[] | undefined
  domain?: string | undefined
  /** `<name>=<what>`, and so the two below. */
  address?: string[] | undefined
  bucket?: string[] | undefined
  role?: string[] | undefined
}

/** An environment after another: what the two share is copied, and what no two clusters share is asked for. */
export function draftEnvironment(name: string, flags: EnvironmentFlags): DraftRequest {
  return {
    noun: 'environment',
    name,
    check: ({ environments }, sources) => [
      ...checkName('environment', name, environments),
      ...checkGiven([
        ['--about', flags.about, 'what it is for, in a sentence'],
        ['--like', flags.like, `one of ${namesOf(environments).join(', ')}`],
        ['--region', flags.region, 'the region that it is in'],
        ['--zones', flags.zones, 'the zones that its nodes are in'],
        ['--domain', flags.domain, 'the domain of the hosts that services expose'],
      ]),
      ...checkAbout(flags.about),
      ...checkNames(
        '--like',
        'environment',
        flags.like === undefined ? [] : [flags.like],
        namesOf(environments),
      ),
      ...environments
        .filter(({ name: one }) => one === flags.like)
        .flatMap(({ name: like }) => checkLike(like, readLike(like, sources), flags)),
    ],
    write: (_, sources) => write(name, flags, sources),
  }
}

function write(name: string, flags: EnvironmentFlags, sources: Sources): Draft {
  const { like: likeName = '', about = '', region = '', zones = [], domain = '' } = flags
  const like = readLike(likeName, sources)
  const given = readGiven(flags)
  const replacements = [
    { path: ['name'], value: name },
    { path: ['region'], value: region },
    { path: ['zones'], value: zones },
    { path: ['domain'], value: domain },
    ...like.asked.map(({ flag, key, path, isList }) => {
      const value = given[flag].get(key) ?? ''
      return { path, value: isList ? value.split(',') : value }
    }),
  ]
  const copied = replace(like.file, sources, replacements)
  const renamed = [...given['--bucket']].reduce(
    (text, [before, after]) => text.replaceAll(wholeWord(before), () => after),
    copied.replace(/\/\*\*(?:(?!\*\/)[^])*\*\/\n(?=export const)/, () => `/** ${about} */\n`),
  )
  return {
    files: [
      { path: `environments/${name}/index.ts`, text: renamed },
      ...sources.overrides
        .filter(({ environment }) => environment === likeName)
        .map(({ release, bytes }) => ({
          path: `environments/${name}/overrides/${release}.yaml`,
          text: new TextDecoder().decode(bytes),
        })),
    ],
    edited: joinPresence(name, likeName, sources),
    next: listNext([name]),
  }
}

/** What is only in some environments, the like one among them, is in the new one, too. */
function joinPresence(name: string, like: string, sources: Sources): PlannedFile[] {
  return Object.entries(sources.modules).flatMap(([file, exported]) => {
    if (!/^environments\/(services|data)\/[^/]+\.ts$/.test(file)) return []
    const [definition] = Object.values(exported) as { environments?: readonly string[] }[]
    const { environments } = definition ?? {}
    if (!Array.isArray(environments) || !environments.includes(like)) return []
    const value = [...(environments as string[]), name]
    return [{ path: file, text: replace(file, sources, [{ path: ['environments'], value }]) }]
  })
}

type Given = Readonly<Record<'--address' | '--bucket' | '--role', ReadonlyMap<string, string>>>

function readGiven({ address = [], bucket = [], role = [] }: EnvironmentFlags): Given {
  const split = (texts: readonly string[]) =>
    new Map(
      texts.map((text) => {
        const at = text.indexOf('=')
        return at < 0 ? [text, ''] : [text.slice(0, at), text.slice(at + 1)]
      }),
    )
  return { '--address': split(address), '--bucket': split(bucket), '--role': split(role) }
}

/** That it can be copied (LIKE_PAIRED), and that all is given which it has alone (FLAG_MISSING), and nothing else. */
function checkLike(
  name: string,
  { file, definition, asked, buckets }: LikeEnvironment,
  flags: EnvironmentFlags,
): Finding[] {
  if (definition.counterpart !== undefined)
    return [
      {
        code: 'LIKE_PAIRED',
        severity: 'error',
        at: { file },
        found: `${name} is one of two regions, each of which names the other`,
        wanted: 'an environment that stands alone to be like',
        next: 'write both regions by hand, as environments/regions.ts has them, or take another for --like',
      },
    ]
  const given = readGiven(flags)
  const wanted = [...asked, ...buckets.map((key) => ({ flag: '--bucket' as const, key, now: key }))]
  const missing = wanted
    .filter(({ flag, key }) => (given[flag].get(key) ?? '') === '')
    .map(({ flag, key, now }) =>
      refuseFlag('FLAG_MISSING', `${flag} ${key}`, {
        found: 'it is not given, and no two clusters agree',
        wanted: `${wantedOf[flag]}; ${name} has ${now}`,
        next: `add ${flag} ${key}=${exampleOf[flag]}`,
      }),
    )
  const strangers = (['--address', '--bucket', '--role'] as const).flatMap((flag) => {
    const keys = wanted.filter((one) => one.flag === flag).map(({ key }) => key)
    return checkNames(flag, `place of ${name}`, [...given[flag].keys()], keys)
  })
  return [...missing, ...strangers]
}

const wantedOf: Readonly<Record<keyof Given, string>> = {
  '--address': 'blocks of addresses, as network policies of its cluster see them',
  '--bucket': 'a bucket of its own: two that write one archive destroy it',
  '--role': 'the role by which it reaches the cloud',
}

const exampleOf: Readonly<Record<keyof Given, string>> = {
  '--address': '<cidr>[,<cidr>...]',
  '--bucket': '<bucket>',
  '--role': '<role>',
}

/** Refuses what is computed (LIKE_COMPUTED): nobody can say what it would be elsewhere. */
function replace(file: string, { modules, sources }: Sources, replacements: readonly Replacement[]): string {
  const [exportName = ''] = Object.keys(modules[file] ?? {})
  const replaced = replaceValues({ file, exportName }, sources[file] ?? '', replacements)
  if (replaced.computed.length === 0) return replaced.text
  throw new Refusal(
    replaced.computed.map((path) => ({
      code: 'LIKE_COMPUTED',
      severity: 'error',
      at: { file },
      found: `\`${path.join('.')}\` is computed there, or comes from another file`,
      wanted: 'a definition that writes out what another is to have otherwise',
      next: 'write it out there, or copy the folder by hand',
    })),
  )
}

/** Names of buckets have letters, digits, dots and dashes. */
const wholeWord = (name: string) =>
  new RegExp(`(?<![-.\\w])${name.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&')}(?![-.\\w])`, 'g')
