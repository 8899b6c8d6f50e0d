// Bundles the command line once, so that a start costs one module load instead of hundreds.
// Plain JavaScript: it runs before anything is compiled.
import { mkdirSync, readdirSync, renameSync, statSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = dirname(dirname(fileURLToPath(import.meta.url)))
const path = (relative) => `${root}/${relative}`
export const bundlePath = path('dist/cli/main.js')

/** True when the bundle is missing, or older than any source or dependency it is made of. */
export function bundleIsStale() {
  const sources = readdirSync(path('tools')).map((name) => path(`tools/${name}/src`))
  const newest = Math.max(modified(path('package-lock.json')), ...[...sources, path('scripts')].map(newestIn))
  return newest > modified(bundlePath)
}

/** Also bundles the nx plugin: nx loads JavaScript only. */
export async function bundleCli() {
  const { build } = await import('esbuild')
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
    // Native add-ons cannot be bundled; the rest of node_modules is.
    external: ['esbuild', 'oxc-parser', 'json-schema-to-typescript', '@nx/devkit'],
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
}

function newestIn(folder) {
  let newest = 0
  for (const entry of entriesOf(folder)) {
    const whole = `${folder}/${entry.name}`
    if (entry.isDirectory()) newest = Math.max(newest, newestIn(whole))
    else if (/(?<!\.test)\.(ts|yaml|json)$/.test(entry.name)) newest = Math.max(newest, modified(whole))
  }
  return newest
}

function entriesOf(folder) {
  try {
    return readdirSync(folder, { withFileTypes: true })
  } catch (error) {
    if (error.code === 'ENOENT') return []
    throw error
  }
}

function modified(file) {
  return statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? 0
}

// `npm ci` calls this file itself (the prepare script).
if (process.argv[1] === fileURLToPath(import.meta.url)) await bundleCli()
