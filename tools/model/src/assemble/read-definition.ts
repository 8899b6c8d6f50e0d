import {
  didYouMean,
  failure,
  findNearNames,
  listKeys,
  showValue,
  success,
  type Finding,
  type Result,
} from '@opencore/contract'
import * as z from 'zod'
import type { Definition } from '../definition.ts'
import { formatPath } from '../format-path.ts'
import type { Path } from '../json.ts'
import type { Locator, Place } from '../locate/create-locator.ts'
import type { Module } from './input.ts'

/**
 * The one definition that a layer file exports, checked against its schema.
 * Findings: `DEFINITION_EXPORT` (none or several constants), `DEFINITION_KEY` (a key nobody reads),
 * `DEFINITION_MISSING`, `DEFINITION_VALUE` (a wrong type, range or pattern); all of a file at once.
 */
export function readDefinition<T>(
  module: Module,
  schema: z.ZodType<T>,
  locate: Locator,
): Result<Definition<T>> {
  const [only, ...others] = Object.entries(module.exports)
  if (!only || others.length > 0) return failure([wrongExports(module)])
  const [exportName, value] = only
  return checkDefinition(value, schema, { file: module.file, exportName, path: [] }, locate)
}

/** A definition against its schema. Findings: `DEFINITION_KEY`, `DEFINITION_MISSING`, `DEFINITION_VALUE`. */
export function checkDefinition<T>(
  value: unknown,
  schema: z.ZodType<T>,
  place: Place,
  locate: Locator,
): Result<Definition<T>> {
  const { error } = schema.safeParse(value)
  if (!error) return success({ value: value as T, place })
  const at = (path: Path) => locate({ ...place, path })
  return failure(error.issues.flatMap((issue) => explainIssue(issue, { value, schema, at })))
}

function wrongExports({ file, exports }: Module): Finding {
  const names = Object.keys(exports)
  return {
    code: 'DEFINITION_EXPORT',
    severity: 'error',
    at: { file },
    found: names.length === 0 ? 'the file exports nothing' : `the file exports ${names.join(', ')}`,
    wanted: 'exactly one exported constant, the definition',
    next: 'export the result of the define function, and keep helpers in the file or in one of their own',
  }
}

interface Checked {
  value: unknown
  schema: z.ZodType
  at: (path: Path) => Finding['at']
}

function explainIssue(issue: z.core.$ZodIssue, { value: definition, schema, at }: Checked): Finding[] {
  const path = issue.path.map((step) => (typeof step === 'symbol' ? String(step) : step))
  const name = path.length === 0 ? 'the definition' : `\`${formatPath(path)}\``
  const finding = (code: string, found: string, next: string): Finding => {
    return { code, severity: 'error', at: at(path), found, wanted: describeWanted(issue), next }
  }
  if (issue.code === 'unrecognized_keys')
    return issue.keys.map((key) => unknownKey([...path, key], keysAt(schema, path), at))
  const value = path.reduce<unknown>((inner, step) => (inner as Record<string, unknown>)[step], definition)
  if (value === undefined) return [finding('DEFINITION_MISSING', `${name} is missing`, 'add it')]
  const shown = showValue(value, path.map((step) => `/${step}`).join(''))
  return [finding('DEFINITION_VALUE', `${name} is ${shown}`, 'correct the value')]
}

function unknownKey(path: Path, known: readonly string[], at: Checked['at']): Finding {
  return {
    code: 'DEFINITION_KEY',
    severity: 'error',
    at: at(path),
    found: `unknown key \`${formatPath(path)}\``,
    wanted: listKeys(known),
    next: didYouMean(findNearNames(String(path.at(-1)), known)) ?? 'remove it',
  }
}

function describeWanted(issue: z.core.$ZodIssue): string {
  if (issue.code === 'invalid_value') return `one of ${issue.values.map(String).join(', ')}`
  if (issue.code === 'invalid_type') return issue.expected
  if (issue.code === 'invalid_format')
    return issue.pattern === undefined ? issue.format : `text that matches ${issue.pattern}`
  if (issue.code === 'too_small') return `at least ${issue.minimum}`
  if (issue.code === 'too_big') return `at most ${issue.maximum}`
  const [key] = issue.code === 'invalid_key' ? issue.issues : []
  if (key) return `as its name ${describeWanted(key)}`
  return issue.code === 'custom' && issue.message === 'Invalid input' ? 'a map' : issue.message
}

/** The keys that the schema knows at a path. */
function keysAt(schema: z.ZodType, path: Path): string[] {
  const inner = path.reduce<unknown>((at, step) => enter(unwrap(at), step), schema)
  const object = unwrap(inner)
  return object instanceof z.ZodObject ? Object.keys(object.shape) : []
}

function enter(schema: unknown, step: string | number): unknown {
  if (schema instanceof z.ZodObject) return (schema.shape as Record<string, unknown>)[step]
  if (schema instanceof z.ZodArray) return schema.element
  return schema instanceof z.ZodRecord ? schema.valueType : undefined
}

function unwrap(schema: unknown): unknown {
  return schema instanceof z.ZodExactOptional ? unwrap(schema.unwrap()) : schema
}
