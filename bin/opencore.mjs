#!/usr/bin/env node
// Starts the bundled command line; bundles it first when a source is newer than the bundle.
import { existsSync, readFileSync } from 'node:fs'
import { pathToFileURL } from 'node:url'
import { bundleIsStale, bundleCli, bundlePath } from '../scripts/bundle.mjs'

if (process.argv.length === 3 && process.argv[2] === '--version') {
  // Asked by scripts before anything else: it costs a start of node and nothing more.
  const { version } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8'))
  console.log(version)
  process.exit()
}
if (!existsSync(new URL('../node_modules', import.meta.url))) {
  console.error('opencore: dependencies are not installed\n  next  run: npm ci')
  process.exit(2)
}
if (bundleIsStale()) await bundleCli()
const { main } = await import(pathToFileURL(bundlePath).href)
process.exitCode = await main(process.argv.slice(2))
