import { build, type BuildFailure, type BuildOptions, type Message, type Plugin } from 'esbuild'
import { readFile, realpath } from 'node:fs/promises'
import { dirname, join, relative } from 'node:path'
import type { Finding } from '@opencore/contract'
import { Refusal } from '../output/refusal.ts'

/**
 * One ES module for a thread of its own: it runs every layer file of `environments/` and posts what each exports, by its
 * path; before each it posts the path. Only types are stripped and imports resolved: nothing is checked here, the
 * compiler does that in `npm test`.
 */
export async function bundleEnvironments(
  root: string,
  files: readonly string[],
  drafts: Drafts,
): Promise<string> {
  const [code] = await bundle(root, { files, drafts }, {})
  return code ?? ''
}

/** The source map of that module, as text: made when a layer file throws, and only then. */
export async function mapEnvironments(
  root: string,
  files: readonly string[],
  drafts: Drafts,
): Promise<string> {
  const [map] = await bundle(root, { files, drafts }, { sourcemap: 'external' })
  return map ?? ''
}

/** Text of layer files that are not on disk yet, by their paths. */
type Drafts = ReadonlyMap<string, string>

interface Layers {
  files: readonly string[]
  drafts: Drafts
}

async function bundle(root: string, layers: Layers, options: BuildOptions): Promise<string[]> {
  const { files, drafts } = layers
  const folder = await realpath(root)
  const lines = files.map((file, index) => `import * as layer${index} from ${JSON.stringify(`./${file}`)}`)
  const table = files.map((file, index) => `${JSON.stringify(file)}: { ...layer${index} }`)
  try {
    const { outputFiles = [] } = await build({
      stdin: {
        contents: [
          "import { parentPort } from 'node:worker_threads'",
          "import { packExports } from '@opencore/model/transfer'",
          ...lines,
          `parentPort.postMessage({ exports: packExports({ ${table.join(', ')} }) })`,
        ].join('\n'),
        resolveDir: folder,
        sourcefile: 'environments',
      },
      absWorkingDir: folder,
      outfile: 'environments.mjs',
      bundle: true,
      write: false,
      platform: 'neutral',
      format: 'esm',
      target: 'node20',
      mainFields: ['module', 'main'],
      external: ['oxc-parser', 'node:*'],
      plugins: [refuseForeign(folder), announceLayers(folder, layers), findDrafts(folder, drafts)],
      logLevel: 'silent',
      ...options,
    })
    return outputFiles.map(({ text }) => text)
  } catch (error) {
    if (!isBuildFailure(error)) throw error
    // What follows the end of a broken file would stand in the message: it is read once more as it is.
    if (options.plugins === undefined)
      await bundle(root, layers, { plugins: [refuseForeign(folder), findDrafts(folder, drafts)] })
    throw new Refusal(error.errors.map(describeMessage))
  }
}

/** A definition says what is wanted, by what the model offers and by other definitions: it has no business with this machine. */
function refuseForeign(root: string): Plugin {
  return {
    name: 'refuse-foreign',
    setup(builder) {
      builder.onResolve({ filter: /.*/ }, ({ path, importer, namespace }) => {
        const from = relative(root, importer)
        if (namespace !== 'file' || !/^environments\/.*\.ts$/.test(from) || path.startsWith('layer:'))
          return undefined
        const isOwn = path.startsWith('.') && join(dirname(from), path).startsWith('environments/')
        if (isOwn || /^@opencore\/model(\/|$)/.test(path)) return undefined
        return { errors: [{ text: `it imports ${JSON.stringify(path)}`, detail: FOREIGN }] }
      })
    },
  }
}

/** By which such a mistake is known among those of the bundler. */
const FOREIGN = { isForeign: true } as const

/** Files that are not on disk yet, where they will be; what they import is looked for from there, also where the folder is not there yet. */
function findDrafts(root: string, drafts: Drafts): Plugin {
  return {
    name: 'find-drafts',
    setup(builder) {
      builder.onResolve({ filter: /.*/ }, ({ path, importer, kind }) => {
        const from = relative(root, importer)
        const own = path.startsWith('.') ? join(dirname(from === '' ? '.' : from), path) : path
        if (drafts.has(own)) return { path: join(root, own) }
        if (!drafts.has(from)) return undefined
        return builder.resolve(own === path ? path : `./${own}`, { kind, resolveDir: root })
      })
      builder.onLoad({ filter: /\/environments\/.*\.ts$/ }, ({ path }) => {
        const contents = drafts.get(relative(root, path))
        return contents === undefined ? undefined : { contents, loader: 'ts' }
      })
    },
  }
}

/**
 * Each layer file posts its path before its own first statement. An import at the end of the file does it: imports run
 * before the file and after those above them, and no line of the file moves.
 */
function announceLayers(root: string, { files, drafts }: Layers): Plugin {
  return {
    name: 'announce-layers',
    setup(builder) {
      builder.onLoad({ filter: /\/environments\/.*\.ts$/ }, async ({ path }) => {
        const file = relative(root, path)
        if (!files.includes(file)) return undefined
        return {
          contents: `${drafts.get(file) ?? (await readFile(path, 'utf8'))}\nimport ${JSON.stringify(`layer:${file}`)}`,
          loader: 'ts',
        }
      })
      builder.onResolve({ filter: /^layer:/ }, ({ path }) => ({
        path,
        namespace: 'layer',
        sideEffects: true,
      }))
      builder.onLoad({ filter: /.*/, namespace: 'layer' }, ({ path }) => ({
        contents: `import { parentPort } from 'node:worker_threads'
parentPort.postMessage({ entered: ${JSON.stringify(path.slice('layer:'.length))} })`,
        resolveDir: root,
      }))
    },
  }
}

function isBuildFailure(error: unknown): error is BuildFailure {
  return error instanceof Error && 'errors' in error && Array.isArray(error.errors)
}

function describeMessage({ text, location, detail }: Message): Finding {
  const at = location
    ? { file: location.file, line: location.line, column: location.column + 1 }
    : { file: 'environments' }
  if (detail === FOREIGN)
    return {
      code: 'ENVIRONMENT_IMPORT',
      severity: 'error',
      at,
      found: text,
      wanted:
        'imports of @opencore/model and of files in environments/ alone: what a definition says depends on nothing else',
      next: 'write the value down here, or in another file of environments/',
    }
  return {
    code: 'ENVIRONMENT_SYNTAX',
    severity: 'error',
    at,
    found: text,
    wanted: 'TypeScript that compiles',
    next: 'mend the file; an editor with TypeScript shows the same error while typing',
  }
}
