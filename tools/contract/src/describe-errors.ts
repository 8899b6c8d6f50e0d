import type { ErrorObject } from 'ajv'
import { describeWanted } from './describe-wanted.ts'
import type { JsonSchema } from './json-schema.ts'
import { describeNames, describeRefusedNames } from './name-entries.ts'
import { listKeys } from './list-keys.ts'
import { didYouMean, findNearNames } from './near-name.ts'
import { fromPointer, toDotted, toPointer } from './pointer.ts'
import { showValue } from './show-value.ts'

/** One reason why values do not fit a schema. */
export interface ValueError {
  code: string
  /** The key that is wrong or unknown; for a missing one, where it belongs. */
  pointer: string
  found: string
  wanted: string
}

const codes: Record<string, string> = {
  type: 'VALUES_TYPE',
  anyOf: 'VALUES_TYPE',
  oneOf: 'VALUES_TYPE',
  enum: 'VALUES_ENUM',
  const: 'VALUES_ENUM',
  additionalProperties: 'VALUES_UNKNOWN_KEY',
  'false schema': 'VALUES_KEY',
  required: 'VALUES_MISSING',
  pattern: 'VALUES_PATTERN',
  format: 'VALUES_PATTERN',
  uniqueItems: 'VALUES_DUPLICATE',
  not: 'VALUES_CONDITION',
}
/** A value of the wrong type also misses its enum; of two errors at one place the earlier code here is said. */
const priority = ['VALUES_UNKNOWN_KEY', 'VALUES_MISSING', 'VALUES_ENUM', 'VALUES_TYPE']

/** What ajv found, without what only repeats it: branches of a union that were not meant, and the `if` of a `then`. */
export function describeErrors(errors: readonly ErrorObject[]): ValueError[] {
  const relevant = dropUnmeantBranches(errors).filter(({ keyword }) => keyword !== 'if')
  const described = relevant.map(describeError)
  return described.filter((error, index) => {
    const before = described.slice(0, index).filter(({ pointer }) => pointer === error.pointer)
    const others = described.filter(({ pointer, code }) => pointer === error.pointer && code !== error.code)
    return (
      !before.some(({ code }) => code === error.code) &&
      !others.some(({ code }) => rank(code) < rank(error.code))
    )
  })
}

const rank = (code: string) => (priority.includes(code) ? priority.indexOf(code) : priority.length)

/**
 * For a union that failed at some place: where a branch of the right type went wrong deeper, only that is said;
 * where no branch has the type, only that the union failed.
 */
function dropUnmeantBranches(errors: readonly ErrorObject[]): ErrorObject[] {
  const unions = errors.filter(({ keyword, params }) => isUnion(keyword) && params['passingSchemas'] == null)
  return unions.reduce<ErrorObject[]>(
    (left, union) => {
      const at = union.instancePath
      const isBranch = (error: ErrorObject) =>
        error !== union && isUnder(error.instancePath, at) && errors.indexOf(error) < errors.indexOf(union)
      const isMismatch = (error: ErrorObject) =>
        error.instancePath === at && ['type', 'enum', 'const'].includes(error.keyword)
      const isMeant = left.some((error) => isBranch(error) && !isMismatch(error))
      return left.filter((error) =>
        isMeant ? error !== union && !(isBranch(error) && isMismatch(error)) : !isBranch(error),
      )
    },
    [...errors],
  )
}

const isUnion = (keyword: string) => keyword === 'anyOf' || keyword === 'oneOf'
const isUnder = (path: string, at: string) => path === at || path.startsWith(`${at}/`)

function describeError(error: ErrorObject): ValueError {
  const { keyword, instancePath, params, data } = error
  const code = codes[keyword] ?? 'VALUES_RANGE'
  const parent = (error.parentSchema ?? {}) as JsonSchema
  const key = (params['additionalProperty'] ?? params['missingProperty']) as string | undefined
  const pointer = key === undefined ? instancePath : instancePath + toPointer([key])
  const name = `\`${toDotted(pointer)}\``
  // A map that knows names beside a pattern says the names: somebody meant one of them.
  const byPattern = parent.properties === undefined ? describeNames(parent) : undefined
  const names = keyword === 'additionalProperties' ? byPattern : describeRefusal(error)
  if (names !== undefined)
    return { code: 'VALUES_KEY', pointer, found: `the key ${name} is not allowed`, wanted: names }
  if (code === 'VALUES_UNKNOWN_KEY')
    return { code, pointer, found: `unknown key ${name}`, wanted: wantedKey(String(key), parent) }
  if (code === 'VALUES_MISSING')
    return { code, pointer, found: `${name} is not set`, wanted: wantedProperty(String(key), parent) }
  const found = `${name} is ${showValue(data, instancePath)}`
  if (keyword === 'oneOf' && params['passingSchemas'] != null)
    return {
      code: 'VALUES_CONDITION',
      pointer,
      found: `${name} fits more than one form`,
      wanted: 'exactly one',
    }
  return {
    code,
    pointer,
    found,
    wanted: describeWanted(isUnion(keyword) ? { [keyword]: error.schema } : parent),
  }
}

/** Of a key that its map refuses by a pattern; `schemaPath` is the one place that names the pattern. */
function describeRefusal({ keyword, schemaPath }: ErrorObject): string | undefined {
  if (keyword !== 'false schema') return undefined
  const pattern = fromPointer(decodeURIComponent(schemaPath.replace(/^[^/]*/, ''))).at(-2)
  return describeRefusedNames(pattern ?? '')
}

function wantedKey(key: string, { properties = {} }: JsonSchema): string {
  const names = Object.keys(properties)
  return didYouMean(findNearNames(key, names)) ?? listKeys(names)
}

function wantedProperty(key: string, { properties = {} }: JsonSchema): string {
  const schema = properties[key]
  return schema ? describeWanted(schema.allOf?.length === 1 ? { type: 'object' } : schema) : 'a value'
}
