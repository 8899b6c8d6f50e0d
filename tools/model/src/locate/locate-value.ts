import type { Argument, ArrayExpressionElement, Expression, ObjectPropertyKind } from 'oxc-parser'
import type { Path } from '../json.ts'
import type { Constants } from './parse-exports.ts'

/**
 * The offset of the value at `path` inside the exported constant `exportName`: of its key where it has one.
 * Sees through `defineX()` and merge operators, `satisfies`, `as`, spreads and constants of the same module.
 * A value that is computed or imported has the offset of the property around it.
 * Returns undefined when the module exports no such constant.
 */
export function locateValue(constants: Constants, exportName: string, path: Path): number | undefined {
  const root = constants.get(exportName)
  return root && (descend(root, path, constants, 0) ?? root.start)
}

/** Constants that refer to each other in a circle do not compile; the bound keeps a hostile file from hanging us. */
const deepest = 100

function descend(value: Sourced, path: Path, constants: Constants, depth: number): number | undefined {
  const [step, ...rest] = path
  if (step === undefined || depth > deepest) return undefined
  const literal = reveal(value, constants, depth)
  if (literal?.type === 'ObjectExpression')
    return findProperty(literal.properties, step, rest, constants, depth + 1)
  if (literal?.type === 'ArrayExpression') return findItem(literal.elements, step, rest, constants, depth + 1)
  return undefined
}

type Sourced = Expression | Argument
type Literal = Extract<Expression, { type: 'ObjectExpression' | 'ArrayExpression' }>

/** The object or list that an expression stands for, if it is written out somewhere in the module. */
function reveal(value: Sourced, constants: Constants, depth: number): Literal | undefined {
  if (depth > deepest) return undefined
  if (value.type === 'ObjectExpression' || value.type === 'ArrayExpression') return value
  const inner = innerExpression(value, constants)
  return inner && reveal(inner, constants, depth + 1)
}

/** What an expression that changes nothing about the data wraps: a type, a name, a call of `defineX()` or an operator. */
function innerExpression(value: Sourced, constants: Constants): Sourced | undefined {
  if (value.type === 'Identifier') return constants.get(value.name)
  if (value.type === 'CallExpression') return value.arguments.at(-1)
  if (value.type === 'TSSatisfiesExpression' || value.type === 'TSAsExpression') return value.expression
  return undefined
}

/** The last property or spread that gives `step` wins, as it does when the module runs. */
function findProperty(
  properties: readonly ObjectPropertyKind[],
  step: string | number,
  rest: Path,
  constants: Constants,
  depth: number,
): number | undefined {
  let unclear: number | undefined
  for (const property of properties.toReversed()) {
    if (property.type === 'SpreadElement') {
      const found = descend(property.argument, [step, ...rest], constants, depth)
      if (found !== undefined) return found
      if (!reveal(property.argument, constants, depth)) unclear ??= property.start
    } else if (keyOf(property) === String(step)) {
      return descend(property.value, rest, constants, depth) ?? property.start
    }
  }
  return unclear
}

function keyOf({ key, computed }: Extract<ObjectPropertyKind, { type: 'Property' }>): string | undefined {
  if (key.type === 'Identifier' && !computed) return key.name
  return key.type === 'Literal' ? String(key.value) : undefined
}

function findItem(
  items: readonly ArrayExpressionElement[],
  step: string | number,
  rest: Path,
  constants: Constants,
  depth: number,
): number | undefined {
  const before = items.slice(0, Number(step) + 1)
  const item = before.at(Number(step))
  const unclear = before.find((element) => element?.type === 'SpreadElement')
  if (unclear || !item || item.type === 'SpreadElement') return unclear?.start
  return descend(item, rest, constants, depth) ?? item.start
}
