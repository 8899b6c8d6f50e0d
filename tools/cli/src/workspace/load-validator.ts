import { createHash } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Script } from 'node:vm'
import {
  printValidator,
  requireForValidator,
  validatorRecipe,
  type JsonSchema,
  type Validator,
} from '@opencore/contract'
import { cacheFolder, writeFileAtomically } from '@opencore/toolchain'

/**
 * The validator of a chart's schema. Its code is kept by everything that it is made of, so that it cannot go stale;
 * compiling a large schema takes a second, running what was kept some milliseconds.
 * @param text the schema's file
 */
export function loadValidator(schema: JsonSchema, text: string): Validator {
  const key = createHash('sha256').update(validatorRecipe).update('\0').update(text).digest('hex')
  const file = join(cacheFolder(), 'validators', `${key}.cjs`)
  const kept = runKept(file)
  if (kept) return kept
  const code = printValidator(schema)
  writeFileAtomically(file, code)
  return runValidator(code, file)
}

/** Nothing where nothing is kept, or half a file after a crash: what a cache holds is never a reason to fail. */
function runKept(file: string): Validator | undefined {
  if (!existsSync(file)) return undefined
  try {
    return runValidator(readFileSync(file, 'utf8'), file)
  } catch {
    return undefined
  }
}

function runValidator(code: string, filename: string): Validator {
  const module = { exports: undefined as unknown }
  const wrapped = new Script(`(function (require, module) {${code}\n})`, { filename })
  const run = wrapped.runInThisContext() as (require: (id: string) => unknown, into: typeof module) => void
  run(requireForValidator, module)
  return module.exports as Validator
}
