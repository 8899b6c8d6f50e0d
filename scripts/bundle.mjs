// Bundles the command line once, so that a start costs one module load instead of hundreds.
// Plain JavaScript: it runs before anything is compiled.
import { mkdirSync, readdirSync, renameSync, statSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const root = new URL('../', import.meta.url)
export const bundlePath = new URL('dist/cli/main.js', root)

/** True when the bundle is missing, or older than any source or dependency it is made of. */
export function bundleIsStale() {
  const built = modified(bundlePath)
  const sources = readdirSync(new URL('tools/', root)).map((name) => new URL(`tools/${name}/src/`, root))
  return newest([...sources, new URL('scripts/', root), new URL('package-lock.json', root)]) > built
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

const path = (relative) => fileURLToPath(new URL(relative, root))

function newest(urls) {
  return Math.max(0, ...urls.map((url) => (url.href.endsWith('/') ? newestIn(url) : modified(url))))
}

function newestIn(folder) {
  try {
    return newest(
      readdirSync(folder, { withFileTypes: true })
        .filter((entry) => entry.isDirectory() || /(?<!\.test)\.(ts|yaml|json)$/.test(entry.name))
        .map((entry) => new URL(entry.isDirectory() ? `${entry.name}/` : entry.name, folder)),
    )
  } catch (error) {
    if (error.code === 'ENOENT') return 0
    throw error
  }
}

function modified(url) {
  return statSync(url, { throwIfNoEntry: false })?.mtimeMs ?? 0
}

// `npm ci` calls this file itself (the prepare script).
if (process.argv[1] === fileURLToPath(import.meta.url)) await bundleCli()
