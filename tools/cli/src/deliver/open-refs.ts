import { resolveRevision, runGit, type Repository } from '@opencore/delivery'
import { execa } from 'execa'
import type { Finding } from '@opencore/contract'
import { exitCode, Refusal } from '../output/refusal.ts'

/** The refs of a checkout's repository, and of its `origin` where it has one. */
export interface Refs {
  repository: Repository
  /** Bring a ref up to date with origin; refuses where it is not what origin has (REF_DIVERGED). */
  fetch: (ref: string) => Promise<void>
  /** Push a ref as it is now; where origin refuses, it is put back to `before` (REF_MOVED, REF_REFUSED). */
  push: (ref: string, before: string | undefined) => Promise<void>
}

/** Open the repository that a checkout belongs to. Nothing of its index or working tree is touched. */
export async function openRefs(root: string): Promise<Refs> {
  const git = async (...args: string[]) => execa('git', args, { cwd: root, reject: false })
  const { stdout: folder } = await git('rev-parse', '--path-format=absolute', '--git-common-dir')
  const repository = { folder }
  const hasOrigin = (await git('remote', 'get-url', 'origin')).exitCode === 0
  return {
    repository,
    fetch: async (ref) => {
      if (!hasOrigin || (await git('ls-remote', '--exit-code', 'origin', `refs/heads/${ref}`)).exitCode === 2)
        return
      const fetched = await git('fetch', '--quiet', 'origin', `refs/heads/${ref}:refs/heads/${ref}`)
      if (fetched.exitCode !== 0) throw new Refusal([diverged(ref, fetched.stderr)])
    },
    push: async (ref, before) => {
      if (!hasOrigin) return
      const pushed = await git('push', '--quiet', 'origin', `refs/heads/${ref}:refs/heads/${ref}`)
      if (pushed.exitCode === 0) return
      const now = await resolveRevision(repository, `refs/heads/${ref}`)
      if (before === undefined) await runGit(repository, ['update-ref', '-d', `refs/heads/${ref}`])
      else if (now !== undefined) await runGit(repository, ['update-ref', `refs/heads/${ref}`, before, now])
      const moved = /non-fast-forward|fetch first/.test(pushed.stderr)
      throw new Refusal([notPushed(ref, pushed.stderr, moved)], moved ? exitCode.busy : exitCode.badInput)
    },
  }
}

const diverged = (ref: string, words: string): Finding => ({
  code: 'REF_DIVERGED',
  severity: 'error',
  at: { file: ref },
  found: `the branch is not what origin has: ${words.trim()}`,
  wanted: 'a branch that only follows origin: promotions are fast-forward',
  next: `look at what you have beside it (git log origin/${ref}..${ref}), then: git branch -D ${ref}`,
})

const notPushed = (ref: string, words: string, moved: boolean): Finding => ({
  code: moved ? 'REF_MOVED' : 'REF_REFUSED',
  severity: 'error',
  at: { file: ref },
  found: moved ? 'somebody promoted in the meantime' : `origin refuses the push: ${words.trim()}`,
  wanted: 'a fast-forward of what origin has; nothing was changed there or here',
  next: moved
    ? 'run it again: it looks at what is there now'
    : 'ask for the right to push there, or use a pull request',
})
