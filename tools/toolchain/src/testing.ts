import { build, type BuildOptions } from 'esbuild'

/**
 * Write a program that a test starts as a process of its own: Node runs no TypeScript, so it is bundled, as the command
 * line is. `source` is a file, or text with the folder that its imports are relative to.
 */
export async function bundleProgram(
  source: string | { contents: string; resolveDir: string },
  outfile: string,
): Promise<void> {
  const from: BuildOptions =
    typeof source === 'string' ? { entryPoints: [source] } : { stdin: { ...source, loader: 'ts' } }
  await build({
    ...from,
    outfile,
    bundle: true,
    platform: 'node',
    format: 'esm',
    // Some of what is bundled loads by `require`, which a module does not have.
    banner: {
      js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url)",
    },
  })
}
