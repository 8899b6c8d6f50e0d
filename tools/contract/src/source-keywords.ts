import { isObject } from './json-schema.ts'
import { isOwner, ownerNames } from './owner.ts'

interface Keyword {
  holds: (value: unknown) => boolean
  wanted: string
}

const types = ['string', 'integer', 'number', 'boolean', 'object', 'array']
const isText = (value: unknown) => typeof value === 'string' && value.trim() !== ''
const isCount = (value: unknown) => Number.isInteger(value) && (value as number) >= 0
const isNumber = (value: unknown) => typeof value === 'number'
const isList = (value: unknown) => Array.isArray(value) && value.length > 0
const isTexts = (value: unknown) => isList(value) && (value as unknown[]).every(isText)
const isType = (value: unknown) =>
  (isList(value) ? (value as unknown[]) : [value]).every((type) => types.includes(String(type)))
const isNoNull = (value: unknown): boolean =>
  Array.isArray(value) || isObject(value)
    ? Object.values(value).every(isNoNull)
    : value !== null && value !== undefined

const text = { holds: isText, wanted: 'text' }
const count = { holds: isCount, wanted: 'a count, 0 or more' }
const number = { holds: isNumber, wanted: 'a number' }
const schema = { holds: isObject, wanted: 'a schema' }
const schemas = {
  holds: (value: unknown) => isList(value) && (value as unknown[]).every(isObject),
  wanted: 'a list of schemas',
}
const schemaMap = {
  holds: (value: unknown) => isObject(value) && Object.values(value).every(isObject),
  wanted: 'a map of schemas',
}
const names = { holds: isTexts, wanted: 'a list of names' }
const flag = { holds: (value: unknown) => typeof value === 'boolean', wanted: 'true or false' }

/** Every keyword that a values.schema.yaml may use: draft-07's without identifiers, tuples and null, and ours. */
export const sourceKeywords: Record<string, Keyword> = {
  $schema: text,
  $ref: text,
  $comment: text,
  title: text,
  type: {
    holds: isType,
    wanted: `one of ${types.join(', ')}, or a list of them (no null: a value that is not wanted is not set)`,
  },
  description: text,
  default: { holds: isNoNull, wanted: 'a value without nulls; a key that is not set has no `default`' },
  examples: {
    holds: (value) => isList(value) && isNoNull(value),
    wanted: 'a list of at least one value, without nulls',
  },
  deprecated: flag,
  enum: { holds: (value) => isList(value) && isNoNull(value), wanted: 'a list of at least one value' },
  const: { holds: isNoNull, wanted: 'a value' },
  properties: schemaMap,
  required: names,
  additionalProperties: {
    holds: (value) => typeof value === 'boolean' || isObject(value),
    wanted: 'false, or the schema of the values of a map',
  },
  propertyNames: {
    holds: isNames,
    wanted: '`pattern`, `maxLength` or `not: { pattern }`, which become patterns of names',
  },
  minProperties: count,
  maxProperties: count,
  items: schema,
  minItems: count,
  maxItems: count,
  uniqueItems: flag,
  minimum: number,
  maximum: number,
  exclusiveMinimum: number,
  exclusiveMaximum: number,
  multipleOf: { holds: (value) => isNumber(value) && value > 0, wanted: 'a number above 0' },
  minLength: count,
  maxLength: count,
  pattern: { holds: isPattern, wanted: 'a regular expression that compiles' },
  format: text,
  allOf: schemas,
  anyOf: schemas,
  oneOf: schemas,
  not: schema,
  if: schema,
  then: schema,
  else: schema,
  'x-opencore-owner': { holds: isOwner, wanted: `one of ${ownerNames.join(', ')}` },
  /** Of a map that is the team's: the names that it may set. Others are the platform's. */
  'x-opencore-team-names': { holds: isPattern, wanted: 'a regular expression that compiles' },
  'x-opencore-unit': text,
  'x-opencore-change': {
    holds: isChange,
    wanted:
      '`never`, `once` (no change after the first), `grow` (a size), `keep` (a switch), `volumes` (a list), `fixed` (an entry that neither changes nor comes nor goes) or `listed` (it names an entry, of the map `in`, that was there before), of what running objects cannot follow; or a map with `rule`, and with `when` (values with which it counts), `across` (a list of such, of which one comes to hold or no longer does) or `procedure` (what a person does instead, and where `byHand` is true, so that the change can be)',
  },
  'x-opencore-scaled-when': {
    holds: isNoNull,
    wanted: 'the value with which something in the cluster sets the number of pods',
  },
  /** Beside a `$ref` to an API: a part of the object, which lies over what the chart renders. */
  'x-opencore-patch': flag,
  /** Fields of an API, as `$ref` names them, that the value sets and does not refer to: a patch of them is refused. */
  'x-opencore-sets': names,
  'x-opencore-derivation': text,
  'x-opencore-with': { holds: isObject, wanted: 'a map of values, rooted at the chart' },
}

/** Our own keywords, which say nothing about validity. */
export const annotations = Object.keys(sourceKeywords).filter((name) => name.startsWith('x-opencore-'))

function isChange(value: unknown): boolean {
  const known = ['never', 'once', 'grow', 'keep', 'volumes', 'fixed']
  if (!isObject(value)) return known.includes(String(value))
  const { rule, when, across, procedure, byHand, in: map, ...rest } = value
  const isRule = rule === 'listed' ? isText(map) : known.includes(String(rule)) && map === undefined
  const isSound = isRule && Object.keys(rest).length === 0
  const isList =
    across === undefined || (Array.isArray(across) && across.length > 0 && across.every(isObject))
  return (
    isSound &&
    isList &&
    (when === undefined || isObject(when)) &&
    (procedure === undefined || isText(procedure)) &&
    (byHand === undefined || (byHand === true && isText(procedure)))
  )
}

function isNames(value: unknown): boolean {
  if (!isObject(value)) return false
  const { not, ...own } = value
  const known = Object.keys(own).every((keyword) => keyword === 'pattern' || keyword === 'maxLength')
  return known && (not === undefined || (isObject(not) && Object.keys(not).join() === 'pattern'))
}

function isPattern(value: unknown): boolean {
  if (typeof value !== 'string') return false
  try {
    return new RegExp(value, 'u').source !== ''
  } catch {
    return false
  }
}
