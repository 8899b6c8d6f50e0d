import type { Argument, Expression } from 'oxc-parser'
import type { Path } from '../json.ts'
import { parseExports } from './parse-exports.ts'

/** Another value for one that a definition writes out. */
export interface Replacement {
  path: Path
  /** A text, or a list of texts. */
  value: string | readonly string[]
}

/**
 * The text of a definition file with other values in their places; every other byte stays. Where a value is computed,
 * imported or not there, nothing is replaced and its path is told.
 * @param exportName the constant that is exported
 */
export function replaceValues(
  { file, exportName }: { file: string; exportName: string },
  text: string,
  replacements: readonly Replacement[],
): { text: string; computed: Path[] } {
  const definition = parseExports(file, text).get(exportName)
  const root = definition?.type === 'CallExpression' ? definition.arguments[0] : definition
  const found = replacements.map(({ path, value }) => ({
    path,
    value,
    node: root && findWritten(root, path),
  }))
  const computed = found.filter(({ node }) => node === undefined).map(({ path }) => path)
  if (computed.length > 0) return { text, computed }
  const edits = found
    .flatMap(({ node, value }) => (node ? [{ start: node.start, end: node.end, value }] : []))
    .sort((a, b) => b.start - a.start)
  const edited = edits.reduce(
    (before, { start, end, value }) =>
      `${before.slice(0, start)}${JSON.stringify(value)}${before.slice(end)}`,
    text,
  )
  return { text: edited, computed }
}

type Node = Expression | Argument

/** The node at a path, if it is written out there down to its last text. */
function findWritten(node: Node, path: Path): Node | undefined {
  const [step, ...rest] = path
  if (step === undefined) return isWritten(node) ? node : undefined
  const inner = childAt(node, step)
  return inner && findWritten(inner, rest)
}

/** Behind a spread nobody sees which of two values counts. */
function childAt(node: Node, step: string | number): Node | undefined {
  if (node.type === 'ArrayExpression') {
    const items = node.elements.filter((item) => item !== null)
    if (items.some(({ type }) => type === 'SpreadElement')) return undefined
    const item = items[Number(step)]
    return item?.type === 'SpreadElement' ? undefined : item
  }
  if (node.type !== 'ObjectExpression') return undefined
  if (node.properties.some(({ type }) => type === 'SpreadElement')) return undefined
  const property = node.properties.find(
    (one) =>
      one.type === 'Property' &&
      !one.computed &&
      ((one.key.type === 'Identifier' && one.key.name === step) ||
        (one.key.type === 'Literal' && one.key.value === step)),
  )
  return property?.type === 'Property' ? property.value : undefined
}

function isWritten(node: Node): boolean {
  if (node.type === 'ArrayExpression')
    return node.elements.every((item) => item?.type === 'Literal' && typeof item.value === 'string')
  return node.type === 'Literal' && typeof node.value === 'string'
}
