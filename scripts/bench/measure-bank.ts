import { rm } from 'node:fs/promises'
import { path } from 'zx'
import { countReleases, serviceName, type BankSize } from './bank-tree.ts'
import { fastest, type Measured } from './measure.ts'
import { openBank } from './open-bank.ts'

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
  const { folder, cache, opencore, commit, override } = await openBank(root, scratch, size)
  const releases = await countReleases(folder)
  await rm(path.join(cache, 'rendered'), { recursive: true })
  await commit()
  const verifyCold = await opencore('verify')
  const { known } = await fastest(2, { known: () => opencore('verify') })
  const { explain } = await fastest(3, {
    explain: () => opencore('explain', `staging/${serviceName(0)}`, 'env'),
  })
  let round = 0
  const changed = await fastest(2, {
    generate: async () => {
      await override('staging', ++round)
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
