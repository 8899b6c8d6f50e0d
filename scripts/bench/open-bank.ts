import { mkdir, writeFile } from 'node:fs/promises'
import { $, path } from 'zx'
import { serviceName, writeBankTree, type BankSize } from './bank-tree.ts'
import { emptyCache } from './empty-cache.ts'
import { measure, type Measured } from './measure.ts'

/** A bank's checkout, in which nothing is known yet. */
export interface Bank {
  folder: string
  cache: string
  /** Run the command line there. */
  opencore: (...words: string[]) => Promise<Measured>
  /** Commit everything: `verify` compares with the merge base, and what is promoted is on the main branch. */
  commit: () => Promise<void>
  /** Another value of one service in one environment. */
  override: (environment: string, round: number) => Promise<void>
}

/** Write a bank of this size to `scratch`, and generate what follows from it. */
export async function openBank(root: string, scratch: string, size: BankSize): Promise<Bank> {
  const folder = path.join(scratch, 'bank')
  await writeBankTree(root, folder, size)
  const cache = await emptyCache(scratch)
  const opencore = (...words: string[]) =>
    measure([process.execPath, path.join(root, 'bin/opencore.mjs'), ...words], {
      cwd: folder,
      env: { OPENCORE_CACHE: cache },
    })
  await opencore('generate')
  const git = $({ cwd: folder, quiet: true })
  await git`git init --quiet --initial-branch main`
  await git`git config user.name bench`
  await git`git config user.email bench@example.com`
  return {
    ...{ folder, cache, opencore },
    commit: async () => {
      await git`git add --all`
      await git`git commit --quiet --message bench`
    },
    override: async (environment, round) => {
      const overrides = path.join(folder, `environments/${environment}/overrides`)
      await mkdir(overrides, { recursive: true })
      await writeFile(path.join(overrides, `${serviceName(0)}.yaml`), `env: { ROUND: "${round}" }\n`)
    },
  }
}
