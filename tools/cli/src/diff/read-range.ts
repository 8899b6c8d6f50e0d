import type { Finding } from '@opencore/contract'
import { execaGit, resolveNamed } from '@opencore/delivery'
import { Refusal } from '../output/refusal.ts'

/** Two commits of the sources, or one that is compared with the checkout as it is. */
export interface SourceRange {
  from: string
  to?: string
}

const form = /^(?<from>[^.\s-](?:\.?[^.\s])*?)(?:(?<dots>\.\.\.?)(?<to>[^.\s-](?:\.?[^.\s])*))?$/

/**
 * The commits that `main..feature`, `main...feature` (since they parted) or `main` name, whole. Refuses what names none
 * (DIFF_SOURCES), and what is no commit of the checkout (DIFF_COMMIT).
 */
export async function readRange(root: string, text: string): Promise<SourceRange> {
  const { from, dots, to } = form.exec(text)?.groups ?? {}
  if (from === undefined) throw new Refusal([noRange(text)])
  const git = (...args: string[]) => execaGit('git', args, { cwd: root, reject: false })
  const { stdout: folder } = await git('rev-parse', '--path-format=absolute', '--git-dir')
  const resolve = (revision: string) => resolveNamed({ folder }, revision)
  const [first, second] = await Promise.all([resolve(from), to === undefined ? undefined : resolve(to)])
  const unknown = [...(first ? [] : [from]), ...(to === undefined || second ? [] : [to])]
  if (first === undefined || unknown.length > 0) throw new Refusal(unknown.map(noCommit))
  if (second === undefined) return { from: first }
  if (dots === '..') return { from: first, to: second }
  const { stdout: base } = await git('merge-base', first, second)
  if (base === '') throw new Refusal([unrelated(text)])
  return { from: base, to: second }
}

const refuse = (code: string, found: string, wanted: string, next: string): Finding => ({
  code,
  severity: 'error',
  at: { file: '--sources' },
  found,
  wanted,
  next,
})

const noRange = (text: string) =>
  refuse(
    'DIFF_SOURCES',
    `"${text}" names no commits`,
    'two commits, or one that this checkout is compared with',
    'for example: --sources main..feature, --sources main',
  )

const noCommit = (revision: string) =>
  refuse(
    'DIFF_COMMIT',
    `there is no commit ${revision}`,
    'commits of the sources, which this checkout has',
    'git fetch; a branch of origin is called origin/<branch>',
  )

const unrelated = (text: string) =>
  refuse(
    'DIFF_SOURCES',
    `the two of ${text} have no commit in common`,
    'branches that parted once',
    'with two dots they are compared as they are',
  )
