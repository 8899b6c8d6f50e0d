import { Ajv, type ErrorObject, type ValidateFunction } from 'ajv'
import formats from 'ajv-formats'
import type { JsonSchema } from './json-schema.ts'
import { annotations } from './source-keywords.ts'

const validators = new WeakMap<JsonSchema, ValidateFunction>()

/**
 * Every error of a value against a draft-07 schema. A schema is compiled once and kept while it lives:
 * pass the same object again.
 */
export function validate(schema: JsonSchema, value: unknown): ErrorObject[] {
  let validator = validators.get(schema)
  if (!validator) {
    validator = createAjv().compile(schema)
    validators.set(schema, validator)
  }
  validator(value)
  return validator.errors ?? []
}

/** Strict about keywords, so that a typing mistake in a schema cannot pass; lax about `minimum` beside two types. */
function createAjv(): Ajv {
  const ajv = new Ajv({
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
  })
  formats(ajv)
  for (const keyword of annotations) ajv.addKeyword({ keyword })
  return ajv
}
