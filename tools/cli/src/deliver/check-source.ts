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
  if (await hasOrigin(root))
    await runGit(root, 'fetch', '--quiet', 'origin', '+refs/heads/main:refs/remotes/origin/main')
  if (await isOnMain(root, source)) return source
  const isHere = await contains(root, 'refs/heads/main', source)
  throw new Refusal([isHere ? notPushed(source) : notOnMain(source)])
}

/** Whether a commit was merged, as far as this checkout has fetched. Whoever may push to a ref may write anything into a record. */
export async function isOnMain(root: string, commit: string): Promise<boolean> {
  if (!/^[0-9a-f]{40,64}$/.test(commit)) return false
  // Whole names: a tag could have the short one.
  const main = (await hasOrigin(root)) ? 'refs/remotes/origin/main' : 'refs/heads/main'
  return contains(root, main, commit)
}

const contains = async (root: string, ref: string, commit: string) =>
  (await runGit(root, 'merge-base', '--is-ancestor', commit, ref)).exitCode === 0

const hasOrigin = async (root: string) => (await runGit(root, 'remote', 'get-url', 'origin')).exitCode === 0

const runGit = (root: string, ...args: string[]) => execa('git', args, { cwd: root, reject: false })

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

const notPushed = (source: string): Finding => ({
  code: 'SOURCE_NOT_ON_MAIN',
  severity: 'error',
  at: { file: 'argocd' },
  found: `the commit ${source.slice(0, 12)} is on the main branch here, and not on that of origin`,
  wanted: 'a commit that was reviewed and merged',
  next: 'git push origin main; where origin takes it from pull requests alone, by one',
})
