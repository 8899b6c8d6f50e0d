import type { Finding } from '@opencore/contract'
import { execa } from 'execa'
import { Refusal } from '../output/refusal.ts'
import { describeSource } from './describe-source.ts'

/**
 * The commit that is promoted: what the checkout has, whole, on the main branch. Refuses with SOURCE_CHANGED where
 * something is not committed, and with SOURCE_NOT_ON_MAIN where nobody merged it.
 */
export async function checkSource(root: string): Promise<string> {
  const source = await describeSource(root)
  if (source.endsWith('-changed')) throw new Refusal([changed])
  const git = (...args: string[]) => execa('git', args, { cwd: root, reject: false })
  // Whole names: a tag could have the short one.
  const hasOrigin = (await git('remote', 'get-url', 'origin')).exitCode === 0
  if (hasOrigin) await git('fetch', '--quiet', 'origin', '+refs/heads/main:refs/remotes/origin/main')
  const main = hasOrigin ? 'refs/remotes/origin/main' : 'refs/heads/main'
  if ((await git('merge-base', '--is-ancestor', source, main)).exitCode === 0) return source
  throw new Refusal([notOnMain(source)])
}

const changed: Finding = {
  code: 'SOURCE_CHANGED',
  severity: 'error',
  at: { file: 'argocd' },
  found: 'charts/, environments/ or argocd/ differ from the commit that is checked out',
  wanted: 'sources that are committed: the record of a release names the commit',
  next: 'commit and merge it, or put it away: git stash',
}

const notOnMain = (source: string): Finding => ({
  code: 'SOURCE_NOT_ON_MAIN',
  severity: 'error',
  at: { file: 'argocd' },
  found: `the commit ${source.slice(0, 12)} is not on the main branch`,
  wanted: 'a commit that was reviewed and merged',
  next: 'merge it, then: git switch main && git pull',
})
