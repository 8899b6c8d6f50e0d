import { isObject } from './json-schema.ts'
import { quoteYaml } from './quote-yaml.ts'

/**
 * A value as block YAML, two spaces a level, keys in their own order: equal values give equal bytes, and
 * every reader (YAML 1.1, YAML 1.2, Helm) gives the value back. Properties that are undefined are left out.
 * Ends with a line break.
 * @throws TypeError for what YAML cannot hold (a function, NaN); values that come from people were checked before
 */
export function printYaml(value: unknown): string {
  return `${printNode(value, 0).replace(/^[ \n]/, '')}\n`
}

/** A value as it follows a key's colon or a dash: on the same line, or on lines of its own below. */
function printNode(value: unknown, level: number): string {
  if (Array.isArray(value)) return value.length === 0 ? ' []' : printList(value, level)
  if (isObject(value)) return printMap(value, level)
  if (typeof value === 'string') return ` ${printString(value, level)}`
  return ` ${printScalar(value)}`
}

function printMap(map: Record<string, unknown>, level: number): string {
  const entries = Object.entries(map).filter(([, value]) => value !== undefined)
  if (entries.length === 0) return ' {}'
  const indent = '  '.repeat(level)
  return entries.map(([key, value]) => `\n${indent}${quoteYaml(key)}:${printNode(value, level + 1)}`).join('')
}

/** An item that is a map or a list starts on the line of its dash. */
function printList(items: readonly unknown[], level: number): string {
  const indent = '  '.repeat(level)
  return items.map((item) => `\n${indent}-${printNode(item, level + 1).replace(/^\n */, ' ')}`).join('')
}

/** Text of several lines stays readable as a literal block where that is exact; everything else is one line. */
function printString(text: string, level: number): string {
  if (!isLiteral(text) || level === 0) return quoteYaml(text)
  const indent = '  '.repeat(level)
  const body = text.replace(/\n$/, '')
  const chomping = text.endsWith('\n') ? '|' : '|-'
  return `${chomping}\n${body.replace(/^(?=[^\n])/gm, indent)}`
}

/** Printable ASCII lines, none blank at its start or end of text, none ending in a blank. */
function isLiteral(text: string): boolean {
  return /^[!-~][ -~]*(\n+[ -~]+)*\n?$/.test(text) && text.includes('\n') && !/ (\n|$)/.test(text)
}

function printScalar(value: unknown): string {
  if (value === null || typeof value === 'boolean') return String(value)
  if (typeof value === 'number' && Number.isFinite(value)) return printNumber(value)
  throw new TypeError(`YAML cannot hold ${typeof value === 'number' ? String(value) : `a ${typeof value}`}`)
}

/** YAML 1.1 takes `1e+21` for a string: its floats need a point. */
function printNumber(value: number): string {
  const text = JSON.stringify(value)
  return /^-?\d+e/.test(text) ? text.replace('e', '.0e') : text
}
