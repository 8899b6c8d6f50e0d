import type { ErrorObject } from 'ajv'
import { compileValidator, type Validator } from './compile-validator.ts'
import type { JsonSchema } from './json-schema.ts'

const validators = new WeakMap<JsonSchema, Validator>()
const loaders = new WeakMap<JsonSchema, () => Validator>()

/** Say where the validator of a schema comes from; it is asked for when a value is first judged by that schema. */
export function provideValidator(schema: JsonSchema, load: () => Validator): void {
  loaders.set(schema, load)
}

/**
 * Every error of a value against a draft-07 schema. A schema is compiled once, or loaded once where somebody provides
 * its validator, and kept while it lives: pass the same object again.
 */
export function validate(schema: JsonSchema, value: unknown): ErrorObject[] {
  let validator = validators.get(schema)
  if (!validator) {
    validator = loaders.get(schema)?.() ?? compileValidator(schema)
    validators.set(schema, validator)
  }
  validator(value)
  return validator.errors ?? []
}
