import type { CommanderError } from '@commander-js/extra-typings'
import { didYouMean, findNearNames, type Finding } from '@opencore/contract/findings'

/** What other tools call a command of ours. */
const MEANT: Readonly<Record<string, string>> = {
  apply: 'up',
  build: 'package',
  create: 'new',
  delete: 'down',
  deploy: 'up',
  destroy: 'down',
  get: 'status',
  lint: 'verify',
  list: 'status',
  ls: 'status',
  start: 'up',
  stop: 'down',
  sync: 'up',
  template: 'render',
  test: 'verify',
  validate: 'verify',
}

/**
 * What commander says of a command line that it cannot read, in the form of every other finding.
 * @param inner commands within commands, such as `new service`
 */
export function describeUsage(
  { message }: CommanderError,
  argv: readonly string[],
  inner: readonly string[],
): Finding {
  const [found = '', near] = message.replace(/^error: /, '').split('\n')
  const said = near?.replace(/[()]/g, '').replace('Did', 'did')
  return {
    code: 'USAGE',
    severity: 'error',
    at: { file: `opencore ${argv.join(' ')}` },
    found: found.replace(/\.$/, ''),
    wanted: 'a command line as the help texts show',
    next:
      suggest(found) ??
      said ??
      `run: opencore ${found.startsWith('unknown command') ? '--help' : helpOf(argv, inner)}`,
  }
}

/** Of a command by its other name, and of a choice that is misspelt; commander itself knows what is spelled alike. */
function suggest(found: string): string | undefined {
  const command = MEANT[/^unknown command '(.*)'/.exec(found)?.[1] ?? '']
  if (command !== undefined) return `did you mean ${command}?`
  const [, value, choices] = /'([^']*)' is invalid.*Allowed choices are (.*)\.$/.exec(found) ?? []
  return value === undefined ? undefined : didYouMean(findNearNames(value, choices?.split(', ') ?? []), '')
}

/** The help text that shows how: the command's own, where there is one. */
function helpOf([command, ...words]: readonly string[], inner: readonly string[]): string {
  if (command === undefined || command.startsWith('-')) return '--help'
  const own = `${command} ${words[0] ?? ''}`
  return `${inner.includes(own) ? own : command} --help`
}
