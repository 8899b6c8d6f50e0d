import { groupBy } from '@opencore/contract'
import type { Consequence, DeclaredWay, Way } from '@opencore/model'
import type { Terminal } from '../output/terminal.ts'
import { describeLine, listPorts } from './describe-way.ts'

type Colors = Terminal['colors']

const lineLength = 70

/** What `graph --why` prints: each answer once, for all environments that have it. */
export function formatAnswers(ways: readonly Way[], colors: Colors): string {
  const answers = groupBy(ways, (way) => formatAnswer(way, colors))
  return [...answers]
    .map(([answer, those]) => {
      const environments = those.map(({ environment }) => environment)
      return `${colors.bold(`${environments.join(', ')}:`)} ${answer}`
    })
    .join('\n\n')
}

function formatAnswer({ from, to, answer, ...way }: Way, colors: Colors): string {
  if (answer === 'absent') return `${from} and ${to} are not both there`
  if (answer === 'unknown') return `neither ${from} nor ${to} has a policy of this platform`
  if (answer === 'everybody') return `${from} reaches ${to}, as every pod does: names are looked up there`
  if (answer === 'declared')
    return [`${from} reaches ${to}`, ...way.by.flatMap((each) => formatDeclared(each, colors))].join('\n')
  const { stoppedBy, instead, next = '' } = way
  return [
    `${from} does not reach ${to}`,
    ...stoppedBy.map((stop) => `  stopped  ${stop}`),
    `  ${from} reaches ${listNames(instead.reaches)}`,
    `  ${to} is reached from ${listNames(instead.reachedFrom)}`,
    `  next     ${next}`,
  ].join('\n')
}

function formatDeclared(way: DeclaredWay, colors: Colors): string[] {
  return [
    `  on ${listPorts([way]).join(', ')}, declared in ${describeLine(way)}`,
    ...way.becomes.map((consequence) => `    ${formatConsequence(consequence, colors)}`),
  ]
}

/** A value that follows, on one line; the whole of a long one is in the values file. */
export function formatConsequence({ release, path, value }: Consequence, colors: Colors): string {
  // A rule says again who is at the other end, and where.
  if (path.startsWith('network.')) return `${release} ${path}`
  const text = value === undefined ? 'taken away by a layer' : JSON.stringify(value)
  const short = text.length > lineLength ? `${text.slice(0, lineLength - 1)}…` : text
  return `${release} ${path} ${colors.dim(short)}`
}

const listNames = (names: readonly string[]) => (names.length === 0 ? 'nobody' : names.join(', '))
