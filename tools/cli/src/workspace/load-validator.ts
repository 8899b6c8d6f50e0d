import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { Script } from 'node:vm'
import {
  printValidator,
  requireForValidator,
  validatorRecipe,
  type JsonSchema,
  type Validator,
} from '@opencore/contract'
import { cacheFolder } from '@opencore/toolchain/cache-folder'
import { writeFileAtomically } from '@opencore/toolchain/write-file-atomically'

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
  pruneValidators(dirname(file))
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

/** What V8 made of the code is kept beside it: it parses some megabytes for each start otherwise. */
function runValidator(code: string, filename: string): Validator {
  const module = { exports: undefined as unknown }
  const compiled = `${filename}.v8`
  const cachedData = existsSync(compiled) ? readFileSync(compiled) : undefined
  const wrapped = new Script(`(function (require, module) {${code}\n})`, {
    filename,
    ...(cachedData && { cachedData }),
  })
  const run = wrapped.runInThisContext() as (require: (id: string) => unknown, into: typeof module) => void
  run(requireForValidator, module)
  // Another version of V8 refuses what this one made, and makes its own.
  if (wrapped.cachedDataRejected !== false) writeFileAtomically(compiled, wrapped.createCachedData())
  return module.exports as Validator
}

/** Some versions of all charts, in a few checkouts; each has two files of up to 2 MB. */
const KEPT_FILES = 64

/** Each change of a schema leaves its validator behind: keep those that were made last. */
function pruneValidators(folder: string): void {
  const files = readdirSync(folder)
    .map((name) => join(folder, name))
    .map((file) => ({ file, made: statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? 0 }))
    .sort((a, b) => b.made - a.made)
  for (const { file } of files.slice(KEPT_FILES)) rmSync(file, { force: true })
}
