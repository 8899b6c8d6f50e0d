// Bundles the command line once, so that a start costs one module load instead of hundreds.
// Plain JavaScript: it runs before anything is compiled.
import { readdirSync, statSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const root = new URL('../', import.meta.url)
export const bundlePath = new URL('dist/cli/main.js', root)

/** True when the bundle is missing, or older than any source or dependency it is made of. */
export function bundleIsStale() {
  const built = modified(bundlePath)
  const sources = readdirSync(new URL('tools/', root)).map((name) => new URL(`tools/${name}/src/`, root))
  return newest([...sources, new URL('package-lock.json', root)]) > built
}

/** Also bundles the nx plugin: nx loads JavaScript only. */
export async function bundleCli() {
  const { build } = await import('esbuild')
  await build({
    entryPoints: { main: path('tools/cli/src/main.ts'), 'nx-plugin': path('tools/nx-plugin/src/index.ts') },
    outdir: path('dist/cli/'),
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
