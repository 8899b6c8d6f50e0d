import { execaGit } from '@opencore/delivery'
import { sayPlainly } from '../output/say-plainly.ts'

/** What git says of a checkout, in words that are the same everywhere. */
export const runGit = (root: string, ...args: string[]) =>
  execaGit('git', args, { cwd: root, reject: false, env: { LC_ALL: 'C' } })

const hasOrigin = async (root: string) => (await runGit(root, 'remote', 'get-url', 'origin')).exitCode === 0

/** The main branch as far as this checkout knows: origin's, where there is an origin. Whole names: a tag could have the short one. */
export const mainRef = async (root: string) =>
  (await hasOrigin(root)) ? 'refs/remotes/origin/main' : 'refs/heads/main'

/** What git says where origin's main branch cannot be asked for; nothing where it can, or where there is none yet. */
export async function fetchMain(root: string): Promise<string | undefined> {
  if (!(await hasOrigin(root))) return undefined
  const what = ['--quiet', '--no-tags', 'origin', '+refs/heads/main:refs/remotes/origin/main']
  const { exitCode, stderr } = await runGit(root, 'fetch', ...what)
  if (exitCode === 0 || stderr.includes("couldn't find remote ref")) return undefined
  return sayPlainly(stderr.split('\n').find((line) => line.trim() !== '') ?? 'git fetch failed')
}
