import { describeSchema } from './describe-schema.ts'
import type { Finding } from './finding.ts'
import { isObject, type JsonObject, type JsonSchema } from './json-schema.ts'
import { didYouMean, findAlike } from './near-name.ts'
import { toPointer } from './pointer.ts'
import { showValue } from './show-value.ts'
import { sourceKeywords } from './source-keywords.ts'
import type { Locate } from './yaml-locator.ts'

/**
 * What a schema in values.schema.yaml describes: a setting that layers may set by its path, something inside a
 * setting (an item of a list, a value of a map), or a condition (a branch of `if`, `anyOf`, ...).
 */
type Role = 'setting' | 'inside' | 'condition'

/** What a root may have without an example: Helm and umbrella charts set them, not our templates. */
const rootExceptions = ['/properties/global', '/properties/enabled']

/**
 * Everything that is wrong with a values.schema.yaml as a schema: keywords, objects that are open, settings
 * without description, owner or example. References to Kubernetes are checked where they are followed.
 */
export function checkSource(root: JsonObject, locate: Locate): Finding[] {
  const findings: Finding[] = []

  function report(code: string, path: readonly string[], found: string, wanted: string, next: string): void {
    findings.push({ code, severity: 'error', at: locate(toPointer(path)), found, wanted, next })
  }

  function visit(schema: JsonObject, path: readonly string[], role: Role, inheritsOwner: boolean): void {
    checkKeywords(schema, path)
    const hasOwner = inheritsOwner || schema['x-opencore-owner'] !== undefined
    if (role !== 'condition' || schema['type'] === 'object') checkShape(schema, path)
    if (role === 'setting') {
      if (isObject(schema['properties'])) checkGroup(schema, path)
      else checkLeaf(schema, path, hasOwner)
    }
    visitEach(schema['properties'], [...path, 'properties'], role, hasOwner)
    for (const keyword of ['items', 'additionalProperties']) visitOne(schema, keyword, path, 'inside')
    for (const keyword of ['not', 'if', 'then', 'else', 'propertyNames'])
      visitOne(schema, keyword, path, 'condition')
    for (const keyword of ['allOf', 'anyOf', 'oneOf'])
      visitEach(schema[keyword], [...path, keyword], 'condition', true)
  }

  function visitOne(schema: JsonObject, keyword: string, path: readonly string[], role: Role): void {
    const inner = schema[keyword]
    if (isObject(inner)) visit(inner, [...path, keyword], role, true)
  }

  function visitEach(schemas: unknown, path: readonly string[], role: Role, hasOwner: boolean): void {
    if (typeof schemas !== 'object' || schemas === null) return
    for (const [name, schema] of Object.entries(schemas))
      if (isObject(schema)) visit(schema, [...path, name], role, hasOwner)
  }

  function checkKeywords(schema: JsonObject, path: readonly string[]): void {
    for (const [name, value] of Object.entries(schema)) {
      const keyword = sourceKeywords[name]
      const at = [...path, name]
      if (!keyword) {
        // What is spelled otherwise is a keyword of another draft, with a meaning of its own.
        const near = findAlike(name, Object.keys(sourceKeywords))
        const wanted =
          didYouMean(near === undefined ? [] : [near]) ?? 'a keyword of draft-07, or x-opencore-*'
        report(
          'SCHEMA_KEYWORD',
          at,
          `unknown keyword \`${name}\``,
          wanted,
          'correct the keyword or remove it',
        )
      } else if (!keyword.holds(value)) {
        report(
          'SCHEMA_KEYWORD',
          at,
          `\`${name}\` of ${describeSchema(path)} is ${showValue(value, '')}`,
          keyword.wanted,
          'correct the value',
        )
      }
    }
    const { required, properties } = schema as JsonSchema
    if (!Array.isArray(required) || !isObject(properties)) return
    for (const name of required.filter((key) => !(key in properties)))
      report(
        'SCHEMA_KEYWORD',
        [...path, 'required'],
        `\`required\` of ${describeSchema(path)} names \`${name}\``,
        'a name in `properties`',
        'add the property or correct the name',
      )
  }

  function checkShape(schema: JsonObject, path: readonly string[]): void {
    const hasShape = ['type', 'enum', 'const', '$ref', 'allOf', 'anyOf', 'oneOf'].some(
      (keyword) => keyword in schema,
    )
    if (!hasShape)
      report(
        'SCHEMA_UNTYPED',
        path,
        `${describeSchema(path)} may hold anything`,
        '`type`, `enum` or `$ref`',
        'say what it holds',
      )
    if (schema['type'] === 'array' && !('items' in schema))
      report(
        'SCHEMA_UNTYPED',
        path,
        `the items of ${describeSchema(path)} may be anything`,
        '`items`',
        'say what the list holds',
      )
    const isOpen = isObject(schema['properties'])
      ? schema['additionalProperties'] !== false
      : schema['type'] === 'object' && !isObject(schema['additionalProperties'])
    if (isOpen && toPointer(path) !== '/properties/global')
      report(
        'SCHEMA_OPEN_OBJECT',
        path,
        `${describeSchema(path)} takes any key`,
        '`additionalProperties: false`, or for a map the schema of its values',
        'close it, so that a misspelt key is an error',
      )
  }

  function checkGroup(schema: JsonObject, path: readonly string[]): void {
    for (const keyword of ['default', 'examples'].filter((name) => name in schema))
      report(
        'SCHEMA_KEYWORD',
        [...path, keyword],
        `${describeSchema(path)} is a group of keys and has \`${keyword}\``,
        `\`${keyword}\` on each of its keys`,
        'move it there, or nothing says what the group holds when a layer sets a part of it',
      )
  }

  function checkLeaf(schema: JsonObject, path: readonly string[], hasOwner: boolean): void {
    if (path.length === 0 || rootExceptions.includes(toPointer(path))) return
    const missing = (keyword: string) => !(keyword in schema)
    if (missing('description'))
      report(
        'SCHEMA_DESCRIPTION',
        path,
        `${describeSchema(path)} has no description`,
        '`description`',
        'say what it does, for the comment in values.yaml',
      )
    if (!hasOwner)
      report(
        'SCHEMA_OWNER',
        path,
        `${describeSchema(path)} has no owner`,
        '`x-opencore-owner` on it or on a group above it',
        'say who may set it: platform, team or graph',
      )
    if (missing('examples'))
      report(
        'SCHEMA_EXAMPLE',
        path,
        `${describeSchema(path)} has no example`,
        '`examples` with at least one value',
        'give a value that changes what is rendered',
      )
  }

  visit(root, [], 'setting', false)
  return findings
}
