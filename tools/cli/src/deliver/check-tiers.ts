import type { Finding } from '@opencore/contract'
import { sayPlainly } from '../output/say-plainly.ts'
import { mainRef, runGit } from './main-branch.ts'

/**
 * Whose signatures count and when nothing may be synced, a tier says: as the main branch has it now. Of an older checkout, or of one in
 * which somebody is at work on it, a key that was taken away would count still. Findings: TIERS_OUTDATED, one for each
 * file that is otherwise. Whoever asks has fetched the main branch.
 */
export async function checkTiers(root: string): Promise<Finding[]> {
  const main = await mainRef(root)
  const differing = ['diff', '--name-only', '--no-renames', '-z', main, '--', TIERS]
  const { exitCode, stdout } = await runGit(root, ...differing)
  return exitCode === 0 ? stdout.split('\0').filter(Boolean).map(outdated) : []
}

const TIERS = 'environments/tiers'

const outdated = (file: string): Finding => ({
  code: 'TIERS_OUTDATED',
  severity: 'error',
  at: { file: sayPlainly(file) },
  found: 'the tier is not as the main branch has it now: signingKeys and syncWindows may be others there',
  wanted: 'the rules of who delivers and when as they were merged last',
  next: 'git stash --include-untracked && git switch main && git pull, then the same command again',
})
