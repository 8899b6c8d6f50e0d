import { isObject, type JsonObject, type JsonSchema } from '@opencore/contract'
import type { SchemaPlace } from './list-schema-places.ts'
import { branchesOf, CHOSEN, ITEM, stepsOf, type Step } from './walk-schema.ts'

/** Values that have something at a place, around what is there: in the first of a list, under the first key of a map. */
export function buildValues(root: JsonSchema, { kind, steps }: SchemaPlace, around: JsonObject): JsonObject {
  const build = (schema: JsonSchema, there: unknown, [step, ...rest]: readonly Step[]): unknown => {
    if (!step) return kind === 'text' ? textFor(root, schema) : (there ?? buildLeast(root, schema))
    if (step.key === ITEM) {
      const [first, ...others] = Array.isArray(there) ? (there as unknown[]) : []
      return [build(step.schema, first, rest), ...others]
    }
    const map = isObject(there) ? there : (buildLeast(root, schema) as JsonObject)
    const key = step.key === CHOSEN ? (Object.keys(map)[0] ?? nameFor(root, schema)) : step.key
    return { ...map, [key]: build(step.schema, map[key], rest) }
  }
  return build(root, around, steps) as JsonObject
}

const NAMES = [
  ...['sample', 'SAMPLE', '17', '/sample', '1s', '1Gi', '7%', 'sample.example', '10.0.0.1'],
  `sha256:${'a'.repeat(64)}`,
]

function nameFor(root: JsonSchema, map: JsonSchema): string {
  const patterns = branchesOf(root, map).flatMap(({ patternProperties = {} }) =>
    Object.entries(patternProperties).flatMap(([pattern, entry]) => (entry === false ? [] : [pattern])),
  )
  return findName(patterns)
}

function textFor(root: JsonSchema, schema: JsonSchema): string {
  const branches = branchesOf(root, schema)
  return findName(branches.flatMap(({ pattern }) => (typeof pattern === 'string' ? [pattern] : [])))
}

const findName = (patterns: readonly string[]) =>
  NAMES.find((name) => patterns.every((pattern) => new RegExp(pattern).test(name))) ?? ''

/** A value with what its schema requires and nothing else. */
function buildLeast(root: JsonSchema, schema: JsonSchema): unknown {
  const branches = branchesOf(root, schema)
  const given = branches.flatMap((branch) => [
    ...(branch.examples ?? []),
    ...('const' in branch ? [branch['const']] : []),
    ...(branch.enum ?? []),
  ])
  if (given.length > 0) return given[0]
  const type = branches.flatMap((branch) => branch.type ?? []).find((one) => one !== 'null')
  if (type === 'array') return []
  if (type === 'boolean') return true
  if (type === 'integer' || type === 'number')
    return branches.find(({ minimum }) => minimum)?.['minimum'] ?? 1
  if (type !== 'object') return textFor(root, schema)
  const steps = stepsOf(root, schema)
  const required = new Set(branches.flatMap((branch) => branch.required ?? []))
  const least = (key: string) => buildLeast(root, steps.find((step) => step.key === key)?.schema ?? {})
  return Object.fromEntries([...required].map((key) => [key, least(key)]))
}
