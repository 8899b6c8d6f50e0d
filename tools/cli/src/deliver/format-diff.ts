import { isObject, showValue } from '@opencore/contract'
import type { ChangeGroup, FieldChange, Risk } from '@opencore/delivery'
import { hideSecrets } from './hide-secrets.ts'
import { hasKnownForm, showKnownForm } from './known-forms.ts'
import { sayWhole, tellImagesApart } from './say-whole.ts'

/** Headings for what is announced otherwise than as a change. */
export type Headings = Partial<Record<Risk, string>>

/** How each risk is announced to people. */
const titles: Readonly<Record<Risk, string>> = {
  drift: 'is on the ref otherwise than it was promoted',
  removal: 'goes away',
  replacement: 'is deleted and made again',
  immutable: 'cannot be changed where it runs',
  access: 'who may do what',
  network: 'who may reach whom',
  definition: 'definitions of kinds',
  replicas: 'number of pods',
  image: 'images',
  other: 'other fields',
  addition: 'new',
  labels: 'labels and annotations',
}

/** Names shown of a group. */
const SHOWN = 4
/** GitHub refuses comments above 65,536 characters. */
const MOST_CHARACTERS = 60_000
/** Lines on a screen: the riskiest stand first. */
const MOST_LINES = 80

/**
 * Groups of changes as text for a terminal, a heading for each risk.
 * @param other headings that are otherwise
 */
export function formatDiff(groups: readonly ChangeGroup[], other: Headings = {}): string {
  if (groups.length === 0) return 'nothing differs'
  return sections(groups)
    .map(([risk, lines]) => [other[risk] ?? titles[risk], ...lines.map((line) => `  ${line}`)].join('\n'))
    .join('\n')
}

/** The same for a pull request, cut where it would be refused, with what is missing said. */
export function formatMarkdown(title: string, groups: readonly ChangeGroup[], other: Headings = {}): string {
  const parts = sections(groups).map(
    ([risk, lines]) =>
      `**${other[risk] ?? titles[risk]}**\n\n${lines.map((line) => `- ${escape(line)}`).join('\n')}\n`,
  )
  const text = [`### ${title}`, groups.length === 0 ? 'Nothing differs.' : '', ...parts].join('\n\n')
  if (text.length <= MOST_CHARACTERS) return text
  return `${text.slice(0, text.lastIndexOf('\n', MOST_CHARACTERS))}\n\n…and more: run \`opencore diff\`.`
}

/**
 * What changes on each ref, with its name above it.
 * @param isCapped for whoever looks at a screen: the first lines, and where the rest is
 * @param command that says the rest; else the diff of each ref
 */
export function formatChanges(
  changes: readonly { ref: string; groups: ChangeGroup[] }[],
  isCapped = false,
  command?: string,
): string {
  const lines = changes.flatMap(({ ref, groups }) => [
    `${ref}:`,
    ...formatDiff(groups)
      .split('\n')
      .map((line) => `  ${line}`),
  ])
  if (!isCapped || lines.length <= MOST_LINES) return lines.join('\n')
  const diffs = changes.map(({ ref }) => `opencore diff ${ref.replace(/^env\//, '')}`)
  return [
    ...lines.slice(0, MOST_LINES),
    `…and ${lines.length - MOST_LINES} lines more: ${command ?? diffs.join(', ')}`,
  ].join('\n')
}

/** The same for a script; what may be a secret is hidden in it, too. */
export function formatJson(groups: readonly ChangeGroup[]): string {
  return JSON.stringify(hideSecrets(groups), null, 2)
}

function sections(groups: readonly ChangeGroup[]): [Risk, string[]][] {
  const byRisk = new Map<Risk, string[]>()
  for (const group of groups) byRisk.set(group.risk, [...(byRisk.get(group.risk) ?? []), describe(group)])
  return [...byRisk]
}

function describe({ risk, kind, names, field, action, message, ...ends }: ChangeGroup): string {
  if (ends.to !== undefined) return plain(describeConnection(names, action, ends))
  const shown = isGrave(risk) ? names.length : SHOWN
  const more = names.length > shown ? ` and ${names.length - shown} more` : ''
  const who = `${kind} ${names.slice(0, shown).join(', ')}${more}`
  if (message !== undefined) return plain(`! ${who}: ${message}`)
  if (field === undefined) return plain(`${action === 'removed' ? '-' : '+'} ${who}`)
  const words = (isGrave(risk) ? sayWhole(field) : undefined) ?? sayShort(field)
  return plain(`${action === 'added' ? '+' : '~'} ${who}: ${field.path}: ${words}`)
}

/** What nobody may overlook is said whole, however long it is. */
const isGrave = (risk: Risk) => GRAVE.has(risk)

const GRAVE: ReadonlySet<Risk> = new Set(['removal', 'replacement', 'access', 'network'])

function sayShort({ path, before, after }: FieldChange): string {
  const sides = [before, after]
  if (tellImagesApart(sides)) return sides.map((side) => JSON.stringify(side)).join(' -> ')
  return sides.map((side) => show(side, path)).join(' -> ')
}

/** A door that is open for who is not there yet is one all the same: whoever takes its labels goes through. */
function describeConnection(
  names: readonly string[],
  action: ChangeGroup['action'],
  { to = '', ports = '', absent }: Pick<ChangeGroup, 'to' | 'ports' | 'absent'>,
): string {
  const from = names.join(', ')
  const onPorts = `${to} on ${ports}`
  const isThere = absent === 'to' ? `${to} is` : names.length > 1 ? 'they are' : 'it is'
  if (action === 'removed')
    return `- ${from} may not reach ${onPorts} any more${absent === undefined ? '' : `; ${isThere} not there`}`
  return absent === undefined
    ? `+ ${from} may now reach ${onPorts}`
    : `+ ${from} may reach ${onPorts} once ${isThere} there`
}

function show(value: unknown, path: string): string {
  if (hasKnownForm(value, path.split('.'))) return showKnownForm(value)
  // A variable of a container that comes or goes; its name is in the path.
  const isVariable = isObject(value) && Object.keys(value).sort().join() === 'name,value'
  return isVariable ? show(value['value'], path) : showValue(value, `/${path.replaceAll('.', '/')}`)
}

/** Whoever may push may write anything: it neither moves a cursor nor begins a line. */
// eslint-disable-next-line no-control-regex -- that is what is looked for
const plain = (line: string) => line.replaceAll(/[\u0000-\u001f\u007f-\u009f]/g, '\uFFFD')

const escape = (line: string) => `\`${line.replaceAll('`', "'")}\``
