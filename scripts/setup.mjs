// Runs before `npm start` and `npm test`: on a fresh clone it installs what package-lock.json names.
// Plain JavaScript with nothing but Node: there is nothing else yet.
import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'

const marker = 'node_modules/.opencore-lock'
const wanted = createHash('sha256').update(readFileSync('package-lock.json')).digest('hex')

if (!existsSync(marker) || readFileSync(marker, 'utf8') !== wanted) {
  console.error('installing packages: npm ci')
  execFileSync('npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error'], {
    stdio: ['ignore', 'inherit', 'inherit'],
  })
  writeFileSync(marker, wanted)
}
const { bundleCli, bundleIsStale } = await import('./bundle.mjs')
if (bundleIsStale()) await bundleCli()
