// Bundles the command line once, so that a start costs one module load instead of hundreds.
// Plain JavaScript: it runs before anything is compiled.
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { createRequire } from 'node:module'
import { dirname } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = dirname(dirname(fileURLToPath(import.meta.url)))
const path = (relative) => `${root}/${relative}`
export const bundlePath = path('dist/cli/main.js')

const stampPath = path('dist/cli/sources')

/**
 * True when the bundle is missing, or was made of other sources or dependencies. Sizes and times of change tell, and not
 * only newer ones: a checkout of an older commit, a deleted file and a bundle that was copied along are noticed too.
 */
export function bundleIsStale() {
  if (!existsSync(bundlePath) || !existsSync(stampPath)) return true
  return readFileSync(stampPath, 'utf8') !== stampSources()
}

/**
 * One line for each file that the bundle can be made of, and those that say where a package's code is and what it needs;
 * some 20 ms for a thousand of them.
 */
export function stampSources() {
  const packages = readdirSync(path('tools')).map((name) => path(`tools/${name}`))
  const files = [
    ...[path('.'), ...packages].map((folder) => `${folder}/package.json`),
    path('package-lock.json'),
    ...[...packages.map((folder) => `${folder}/src`), path('scripts')].flatMap(listIn),
  ]
  return files.map((file) => `${file} ${stampOf(statSync(file, { throwIfNoEntry: false }))}\n`).join('')
}

const stampOf = (stat) => (stat ? `${stat.size} ${stat.mtimeMs}` : 'missing')

/** Also bundles the nx plugin: nx loads JavaScript only. */
export async function bundleCli() {
  const { build } = await import('esbuild')
  // Before the sources are read: a change while they are bundled makes the next start bundle again.
  const stamp = stampSources()
  const { outputFiles } = await build({
    entryPoints: {
      main: path('tools/cli/src/main.ts'),
      'nx-plugin': path('tools/nx-plugin/src/index.ts'),
      bench: path('scripts/bench.ts'),
      start: path('scripts/start.ts'),
      test: path('scripts/test.ts'),
    },
    outdir: path('dist/cli/'),
    write: false,
    bundle: true,
    splitting: true,
    platform: 'node',
    format: 'esm',
    target: 'node20',
    sourcemap: 'linked',
    // npm nests the same ajv twice, and the second is another 220 KB to parse at each start.
    alias: { ajv: dirname(createRequire(path('tools/contract/package.json')).resolve('ajv/package.json')) },
    // Native add-ons cannot be bundled; the rest of node_modules is.
    external: ['esbuild', 'oxc-parser', 'json-schema-to-typescript', 'prettier', '@nx/devkit'],
    banner: {
      js: "import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);",
    },
    logLevel: 'warning',
  })
  // Chunks are named by content and come first; entry points appear by rename. A command that runs meanwhile is safe.
  mkdirSync(path('dist/cli/'), { recursive: true })
  const isEntry = ({ path }) => !/-[A-Z0-9]{8}\.js/.test(path)
  for (const file of outputFiles.sort((a, b) => isEntry(a) - isEntry(b))) {
    const beside = `${file.path}.${process.pid}`
    writeFileSync(beside, file.contents)
    renameSync(beside, file.path)
  }
  writeFileSync(stampPath, stamp)
}

function listIn(folder) {
  return entriesOf(folder).flatMap((entry) => {
    const whole = `${folder}/${entry.name}`
    if (entry.isDirectory()) return listIn(whole)
    return /(?<!\.test)\.(ts|mjs|yaml|json)$/.test(entry.name) ? [whole] : []
  })
}

function entriesOf(folder) {
  try {
    return readdirSync(folder, { withFileTypes: true })
  } catch (error) {
    if (error.code === 'ENOENT') return []
    throw error
  }
}

// `npm ci` calls this file itself (the prepare script).
if (process.argv[1] === fileURLToPath(import.meta.url)) await bundleCli()
