import { ExecaError } from 'execa'
import { execaGit } from './execa-git.ts'

/** A repository that is written to, and with whose identity. */
export interface Repository {
  /** Its git folder. */
  folder: string
  /**
   * Variables of git beside the caller's own environment: of an embedded platform those by which neither the user's
   * configuration nor a repository that the working folder belongs to has a say.
   */
  env?: Readonly<Record<string, string | undefined>>
}

/** What git prints. Throws with git's own words when it fails. */
export async function runGit(
  { folder, env = {} }: Repository,
  args: readonly string[],
  input?: Buffer | string,
): Promise<string> {
  const { stdout } = await execaGit('git', ['--git-dir', folder, ...args], {
    // Names of releases are no patterns, and messages are read.
    env: { GIT_LITERAL_PATHSPECS: '1', LC_ALL: 'C', ...env },
    stripFinalNewline: false,
    ...(input !== undefined && { input }),
  })
  return stdout
}

/** The object that a revision names; nothing where there is none. */
export async function resolveRevision(
  { folder, env = {} }: Repository,
  revision: string,
): Promise<string | undefined> {
  const args = ['--git-dir', folder, 'rev-parse', '--verify', '--quiet', revision]
  const { stdout, exitCode } = await execaGit('git', args, { env, reject: false })
  return exitCode === 0 ? stdout : undefined
}

/** Whether a commit is another one, or before it; it is not where one of them is not here. */
export async function isAncestor(
  { folder, env = {} }: Repository,
  commit: string,
  descendant: string,
): Promise<boolean> {
  const args = ['--git-dir', folder, 'merge-base', '--is-ancestor', commit, descendant]
  return (await execaGit('git', args, { env, reject: false })).exitCode === 0
}

/** What git, or a program that it calls, said when it failed. */
export const gitWords = (error: unknown): string =>
  (error instanceof ExecaError ? String(error.stderr) : String(error)).trim()
