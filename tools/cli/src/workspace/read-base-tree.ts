import type { PlannedFile } from '@opencore/contract'
import { execa } from 'execa'
import { Refusal } from '../output/refusal.ts'

/** The branch that deletions are measured against, in this order. */
const mainRefs = ['origin/main', 'main']

/**
 * `argocd/**` at the merge base of HEAD and the main branch: what runs, as far as git knows. Empty where there is
 * no main branch yet. Refuses where there is no git (GIT_MISSING), and a shallow clone (SHALLOW_CLONE), which may not hold the merge base.
 */
export async function readBaseTree(root: string): Promise<PlannedFile[]> {
  const git = async (args: string[], input?: string) => {
    const { failed, stdout, code } = await execa('git', args, {
      cwd: root,
      reject: false,
      ...(input !== undefined && { input }),
    })
    if (code === 'ENOENT') throw new Refusal([noGit])
    return failed ? undefined : stdout
  }
  if ((await git(['rev-parse', '--is-shallow-repository'])) === 'true') throw new Refusal([shallowClone])
  for (const ref of mainRefs) {
    const base = await git(['merge-base', 'HEAD', ref])
    if (base === undefined) continue
    const names = (await git(['ls-tree', '-r', '--name-only', base, '--', 'argocd'])) ?? ''
    return readFiles(git, base, names.split('\n').filter(Boolean))
  }
  return []
}

async function readFiles(
  git: (args: string[], input?: string) => Promise<string | undefined>,
  base: string,
  paths: readonly string[],
): Promise<PlannedFile[]> {
  const batch = await git(['cat-file', '--batch'], paths.map((path) => `${base}:${path}\n`).join(''))
  // Each answer is `<id> blob <bytes>`, a line break, the bytes, a line break; lengths count bytes.
  let rest = Buffer.from(batch ?? '')
  return paths.map((path) => {
    const end = rest.indexOf('\n')
    const size = Number(rest.subarray(0, end).toString().split(' ')[2])
    const text = rest.subarray(end + 1, end + 1 + size).toString()
    rest = rest.subarray(end + 2 + size)
    return { path, text }
  })
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
