import { Ajv, type ErrorObject, type Options } from 'ajv'
import ajvPackage from 'ajv/package.json' with { type: 'json' }
import formats from 'ajv-formats'
import formatsPackage from 'ajv-formats/package.json' with { type: 'json' }
import type { JsonSchema } from './json-schema.ts'
import { annotations } from './source-keywords.ts'

/** A compiled schema; what its last call found stands in `errors`. */
export interface Validator {
  (value: unknown): boolean
  errors?: ErrorObject[] | null
}

/** Strict about keywords, so that a typing mistake in a schema cannot pass; lax about `minimum` beside two types. */
const options: Options = {
  allErrors: true,
  verbose: true,
  strict: true,
  strictTypes: false,
  strictRequired: false,
  validateSchema: false,
  addUsedSchema: false,
  // Compiling takes a third of the time without these two; validating is fast enough either way.
  inlineRefs: false,
  code: { optimize: false },
}

/** Everything but the schema that decides what a validator's code is: a part of the key of code that is kept. */
export const validatorRecipe = JSON.stringify({
  ajv: ajvPackage.version,
  formats: formatsPackage.version,
  options,
  annotations,
})

export function compileValidator(schema: JsonSchema): Validator {
  return createAjv().compile(schema)
}

export function createAjv(source = false): Ajv {
  const ajv = new Ajv({ ...options, code: { ...options.code, source } })
  formats(ajv)
  for (const keyword of annotations) ajv.addKeyword({ keyword })
  return ajv
}
