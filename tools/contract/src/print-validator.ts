import standalone from 'ajv/dist/standalone/index.js'
import equal from 'ajv/dist/runtime/equal.js'
import ucs2length from 'ajv/dist/runtime/ucs2length.js'
import * as formats from 'ajv-formats/dist/formats.js'
import { createAjv } from './compile-validator.ts'
import type { JsonSchema } from './json-schema.ts'

/** The validator of a schema as the text of a CommonJS module, to be kept and run again without compiling. */
export function printValidator(schema: JsonSchema): string {
  const ajv = createAjv(true)
  return standalone(ajv, ajv.compile(schema))
}

const modules: Record<string, unknown> = {
  'ajv/dist/runtime/equal': asModule(equal),
  'ajv/dist/runtime/ucs2length': asModule(ucs2length),
  'ajv-formats/dist/formats': formats,
}

/** What a printed validator may require: the same modules that the compiler of this process has. */
export function requireForValidator(id: string): unknown {
  const found = modules[id]
  if (found === undefined) throw new Error(`a validator requires ${id}, which nobody gives it`)
  return found
}

/** Bundlers disagree with Node about what the default import of such a module is: its function, or all of the module. */
function asModule(imported: unknown): unknown {
  return typeof imported === 'function' ? { default: imported } : imported
}
