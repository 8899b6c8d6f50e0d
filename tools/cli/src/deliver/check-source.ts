import type { Finding } from '@opencore/contract'
import { Refusal } from '../output/refusal.ts'
import { sayPlainly } from '../output/say-plainly.ts'
import { describeSource, listChanged } from './describe-source.ts'
import { fetchMain, mainRef, runGit } from './main-branch.ts'

/**
 * The commit that is promoted: what the checkout has, whole, tools included, on the main branch. Refuses with SOURCE_CHANGED where
 * something is not committed, and with SOURCE_NOT_ON_MAIN where nobody merged it.
 */
export async function checkSource(root: string): Promise<string> {
  const source = await describeSource(root)
  if (source.endsWith('-changed')) throw new Refusal([changed(await listChanged(root))])
  const trouble = await fetchMain(root)
  if (await isOnMain(root, source)) return source
  if (trouble !== undefined) throw new Refusal([notFetched(source, trouble)])
  if (!(await contains(root, 'refs/heads/main', source))) throw new Refusal([notOnMain(source)])
  throw new Refusal([notPushed(source, await isApart(root))])
}

/** Whether origin's main branch has what the one here has not: it would refuse a push. */
async function isApart(root: string): Promise<boolean> {
  const theirs = await runGit(root, 'rev-parse', '--verify', '--quiet', 'refs/remotes/origin/main')
  return theirs.exitCode === 0 && !(await contains(root, 'refs/heads/main', theirs.stdout))
}

/** Whether a commit was merged, as far as this checkout has fetched. Whoever may push to a ref may write anything into a record. */
export async function isOnMain(root: string, commit: string): Promise<boolean> {
  if (!/^[0-9a-f]{40,64}$/.test(commit)) return false
  return contains(root, await mainRef(root), commit)
}

const contains = async (root: string, ref: string, commit: string) =>
  (await runGit(root, 'merge-base', '--is-ancestor', commit, ref)).exitCode === 0

/** So many files are named. */
const NAMED = 3

function changed(paths: readonly string[]): Finding {
  const more = paths.length > NAMED ? ` and ${paths.length - NAMED} more` : ''
  return {
    code: 'SOURCE_CHANGED',
    severity: 'error',
    at: { file: sayPlainly(paths[0] ?? '.') },
    found: `sources, or the tools that render them, differ from the commit that is checked out: ${paths.slice(0, NAMED).map(sayPlainly).join(', ')}${more}`,
    wanted: 'sources that are committed: the record of a release names the commit',
    next: 'commit and merge it, or put it away: git stash --include-untracked. What git ignores: move it away; what it was told not to look at: git update-index --no-assume-unchanged --no-skip-worktree FILE',
  }
}

const notOnMain = (source: string): Finding => ({
  code: 'SOURCE_NOT_ON_MAIN',
  severity: 'error',
  at: { file: 'argocd' },
  found: `the commit ${source.slice(0, 12)} is not on the main branch`,
  wanted: 'a commit that was reviewed and merged',
  next: 'merge it, then: git switch main && git pull',
})

const notPushed = (source: string, isApart: boolean): Finding => ({
  code: 'SOURCE_NOT_ON_MAIN',
  severity: 'error',
  at: { file: 'argocd' },
  found: `the commit ${source.slice(0, 12)} is on the main branch here, and not on that of origin${isApart ? ', which has others' : ''}`,
  wanted: 'a commit that was reviewed and merged',
  next: `${isApart ? 'git switch main && git pull --rebase origin main, then: ' : ''}git push origin main; where origin takes it from pull requests alone, by one`,
})

const notFetched = (source: string, trouble: string): Finding => ({
  code: 'SOURCE_NOT_ON_MAIN',
  severity: 'error',
  at: { file: 'argocd' },
  found: `the commit ${source.slice(0, 12)} is not on the main branch of origin as it was fetched last, and it cannot be fetched now: ${trouble}`,
  wanted: 'a commit that was reviewed and merged',
  next: 'see that origin answers: git fetch origin main; then the same command again',
})
