import { execaGit } from '@opencore/delivery'
import { Refusal } from '../output/refusal.ts'

/** The branch that changes are measured against, in this order; by whole names, since a tag could have a short one. */
const mainRefs = ['refs/remotes/origin/main', 'refs/heads/main']

/**
 * The commit at which HEAD left the main branch: what runs, as far as git knows. Nothing where there is no main branch
 * yet. Refuses where there is no git (GIT_MISSING), and a shallow clone (SHALLOW_CLONE), which may not hold it.
 */
export async function findMergeBase(root: string): Promise<string | undefined> {
  const git = async (...args: string[]) => {
    const { failed, stdout, code } = await execaGit('git', args, { cwd: root, reject: false })
    if (code === 'ENOENT') throw new Refusal([noGit])
    return failed ? undefined : stdout
  }
  const [shallow, ...bases] = await Promise.all([
    git('rev-parse', '--is-shallow-repository'),
    ...mainRefs.map((ref) => git('merge-base', 'HEAD', ref)),
  ])
  if (shallow === 'true') throw new Refusal([shallowClone])
  return bases.find((base) => base !== undefined)
}

const noGit = {
  code: 'GIT_MISSING',
  severity: 'error',
  at: { file: 'git' },
  found: 'there is no such program',
  wanted: 'git: deletions are measured against the main branch',
  next: 'install it, or correct PATH; opencore doctor lists what this machine must bring',
} as const

const shallowClone = {
  code: 'SHALLOW_CLONE',
  severity: 'error',
  at: { file: '.git' },
  found: 'this is a shallow clone',
  wanted: 'the history back to the main branch: deletions are measured against it',
  next: 'run: git fetch --unshallow',
} as const
