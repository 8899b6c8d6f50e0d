import { mkdir, rm, writeFile } from 'node:fs/promises'
import { $, path } from 'zx'
import { countReleases, serviceName, writeBankTree, type BankSize } from './bank-tree.ts'
import { emptyCache } from './empty-cache.ts'
import { fastest, measure, type Measured } from './measure.ts'

/** What commands take in a bank of one size. */
export interface BankRun {
  releases: number
  /** Nothing is known: every release is rendered, judged and linted. */
  verifyCold: Measured
  verifyKnown: Measured
  /** One value of one release changed since the last time. */
  verifyChanged: Measured
  generateChanged: Measured
  explain: Measured
}

/** Write a bank of this size below `scratch`, and run the commands that people wait for in it. Its judge is stopped. */
export async function measureBank(root: string, scratch: string, size: BankSize): Promise<BankRun> {
  const folder = path.join(scratch, 'bank')
  await writeBankTree(root, folder, size)
  const env = { OPENCORE_CACHE: await emptyCache(scratch) }
  const opencore = (...words: string[]) =>
    measure([process.execPath, path.join(root, 'bin/opencore.mjs'), ...words], { cwd: folder, env })
  await opencore('generate')
  const releases = await countReleases(folder)
  await rm(path.join(env.OPENCORE_CACHE, 'rendered'), { recursive: true })
  await commitTree(folder)
  const verifyCold = await opencore('verify')
  const { known } = await fastest(2, { known: () => opencore('verify') })
  const { explain } = await fastest(3, {
    explain: () => opencore('explain', `staging/${serviceName(0)}`, 'env'),
  })
  let round = 0
  const changed = await fastest(2, {
    generate: async () => {
      await override(folder, 'staging', ++round)
      return opencore('generate')
    },
    verify: () => opencore('verify'),
  })
  await opencore('down')
  return {
    releases,
    verifyCold,
    verifyKnown: known,
    verifyChanged: changed.verify,
    generateChanged: changed.generate,
    explain,
  }
}

/** `verify` compares with the merge base, and what is promoted is on the main branch. */
export async function commitTree(folder: string): Promise<void> {
  const git = $({ cwd: folder, quiet: true })
  await git`git init --quiet --initial-branch main`
  await git`git config user.name bench`
  await git`git config user.email bench@example.com`
  await git`git add --all`
  await git`git commit --quiet --message bench`
}

/** Another value of one service in one environment. */
export async function override(folder: string, environment: string, round: number): Promise<void> {
  const overrides = path.join(folder, `environments/${environment}/overrides`)
  await mkdir(overrides, { recursive: true })
  await writeFile(path.join(overrides, `${serviceName(0)}.yaml`), `env: { ROUND: "${round}" }\n`)
}
