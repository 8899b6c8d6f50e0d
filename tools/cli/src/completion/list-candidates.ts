import type { CommandUnknownOpts } from '@commander-js/extra-typings'

/** Something that may stand where the cursor is. */
export interface Candidate {
  value: string
  description: string
}

/** What is asked of the checkout: names that no command knows by itself. */
export interface Names {
  environments: () => readonly string[]
  /** Refs of hubs: `hub/<hub>`. */
  hubs: () => readonly string[]
  /** Those of one environment. */
  releases: (environment: string) => readonly string[]
  services: () => readonly string[]
  data: () => readonly string[]
  teams: () => readonly string[]
}

type Option = CommandUnknownOpts['options'][number]

/**
 * What may follow the words after a command's name, by its definition alone. The last word is the one that is being typed,
 * perhaps empty. Nothing where a file is wanted, which shells know better.
 */
export function listCandidates(
  command: CommandUnknownOpts,
  words: readonly string[],
  names: Names,
): Candidate[] {
  const [verb, ...more] = words
  const inner = command.commands.find((one) => one.name() === verb)
  if (inner && more.length > 0) return listCandidates(inner, more, names)
  const current = words.at(-1) ?? ''
  return listAll(command, words.slice(0, -1), current, names).filter(({ value }) => value.startsWith(current))
}

function listAll(
  command: CommandUnknownOpts,
  before: readonly string[],
  current: string,
  names: Names,
): Candidate[] {
  const [flag, typed] = splitFlag(current)
  if (typed !== undefined) {
    const inline = findOption(command, flag)
    const values = inline ? valuesOf(inline, names) : []
    return values.map((one) => ({ ...one, value: `${flag}=${one.value}` }))
  }
  const taking = findTaking(command, before)
  if (taking && !current.startsWith('-')) return valuesOf(taking, names)
  if (current.startsWith('-')) return listFlags(command)
  if (command.commands.length > 0)
    return before.length > 0
      ? []
      : command.commands.map((one) => ({ value: one.name(), description: one.description() }))
  return listArguments(command, listPositional(command, before), names)
}

/** `--output=js` is a flag and the beginning of its value. */
function splitFlag(word: string): [flag: string, value?: string] {
  const at = word.startsWith('--') ? word.indexOf('=') : -1
  return at < 0 ? [word] : [word.slice(0, at), word.slice(at + 1)]
}

const findOption = (command: CommandUnknownOpts, flag: string): Option | undefined =>
  flag.startsWith('-')
    ? command.options.find(({ short, long }) => short === flag || long === flag)
    : undefined

/** The option that takes the next word: the last before it, or one that takes several. */
function findTaking(command: CommandUnknownOpts, before: readonly string[]): Option | undefined {
  const at = before.findLastIndex((word) => word.startsWith('-'))
  const option = findOption(command, before[at] ?? '')
  return option?.required === true && (option.variadic || at === before.length - 1) ? option : undefined
}

/** With `--help`, which every command has. */
const listFlags = (command: CommandUnknownOpts): Candidate[] =>
  command
    .createHelp()
    .visibleOptions(command)
    .flatMap(({ long, description }) => (long ? [{ value: long, description }] : []))

const valuesOf = (option: Option, names: Names): Candidate[] =>
  [...(option.argChoices ?? []), ...namesFor(kindOf(option), [], names)].map(plain)

/** What an option takes, where its flags say an environment, and else what it is called. */
const kindOf = (option: Option) =>
  option.flags.includes('<environment>') ? 'environment' : option.attributeName()

/** The words before the cursor that are neither flags nor what flags take. */
function listPositional(command: CommandUnknownOpts, before: readonly string[]): string[] {
  return before.filter((word, index) => {
    if (word.startsWith('-')) return false
    return findOption(command, before[index - 1] ?? '')?.required !== true
  })
}

function listArguments(command: CommandUnknownOpts, given: readonly string[], names: Names): Candidate[] {
  const last = command.registeredArguments.at(-1)
  const argument = command.registeredArguments[given.length] ?? (last?.variadic === true ? last : undefined)
  if (!argument) return []
  const environment = command.registeredArguments.findIndex((one) => one.name() === 'environment')
  const within = environment < 0 ? [] : given.slice(environment, environment + 1)
  const isFirst = argument.name() === 'release' && environment < 0
  const found = isFirst
    ? names.environments().flatMap((one) => names.releases(one).map((release) => `${one}/${release}`))
    : within.some((one) => names.hubs().includes(one))
      ? names.environments()
      : namesFor(argument.name(), within, names)
  const hubs = argument.description.includes('hub/<hub>') ? names.hubs() : []
  return [...(argument.argChoices ?? []), ...found, ...hubs]
    .filter((value) => !given.includes(value))
    .map(plain)
}

/** By the name that arguments and options have for it in every command. */
function namesFor(kind: string, within: readonly string[], names: Names): readonly string[] {
  if (kind === 'environment') return names.environments()
  if (kind === 'service') return names.services()
  if (kind === 'uses' || kind === 'why') return [...names.services(), ...names.data()]
  if (kind === 'team') return names.teams()
  return kind === 'release' ? within.flatMap((environment) => names.releases(environment)) : []
}

const plain = (value: string): Candidate => ({ value, description: '' })
