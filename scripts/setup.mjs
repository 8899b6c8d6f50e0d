// Runs before `npm start` and `npm test`: on a fresh clone it installs what package-lock.json names.
// Plain JavaScript with nothing but Node: there is nothing else yet.
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'

const marker = 'node_modules/.opencore-lock'
const wanted = createHash('sha256').update(readFileSync('package-lock.json')).digest('hex')

if (!existsSync(marker) || readFileSync(marker, 'utf8') !== wanted) {
  console.error('installing packages: npm ci')
  const { status } = spawnSync('npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error'], {
    stdio: ['ignore', 'inherit', 'inherit'],
  })
  if (status !== 0) {
    console.error(
      'package-lock.json: npm ci failed  [PACKAGES]\n  next  read what npm says above, then run this again',
    )
    process.exit(2)
  }
  writeFileSync(marker, wanted)
}
const { bundleCli, bundleIsStale } = await import('./bundle.mjs')
if (bundleIsStale()) await bundleCli()
