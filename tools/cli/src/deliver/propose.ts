import type { Finding } from '@opencore/contract'
import { execaGit } from '@opencore/delivery'
import { execa } from 'execa'
import { exitCode, Refusal } from '../output/refusal.ts'
import { shellWord } from '../output/shell-word.ts'
import type { RefChanges } from './compare-update.ts'
import { formatMarkdown } from './format-diff.ts'
import { sayLarge, type DiffSize } from './say-large.ts'
import type { RefMove } from './open-refs.ts'

/** A move of a ref that somebody else is to approve: the commit is on a branch of its own, and a pull request asks for it. */
export interface Proposal {
  /** The ref that stays as it is until then. */
  base: string
  branch: string
  commit: string
  title: string
  /** What changes on the ref, as Markdown. */
  body: string
  /** Said where the page of the pull request cannot show all of it: to who approves, and to who proposes. */
  large?: string
}

/**
 * A branch for each ref that would change: `promotion/<environment>/<commit>`, of a hub's
 * `promotion/hub/<hub>/<environment>/<commit>`. A later one of the same folder takes the place of an earlier one, and no
 * other: what is proposed to a hub for one environment has nothing of what is proposed for another.
 * @param environment that is promoted to
 * @param title of the commit
 * @param changes what changes on each ref
 * @param measure how much differs between two commits
 */
export async function listProposals(
  moves: readonly RefMove[],
  environment: string,
  title: string,
  changes: readonly RefChanges[],
  measure: (before: string, after: string) => Promise<DiffSize>,
): Promise<Proposal[]> {
  const changed = moves.filter(({ before, after }) => before !== after)
  const baseless = findBaseless(changed)
  if (baseless.length > 0) throw new Refusal(baseless, exitCode.findings)
  return Promise.all(
    changed.map(async ({ ref, before = '', after }): Promise<Proposal> => {
      const isHub = ref.startsWith('hub/')
      const body = formatMarkdown(ref, changes.find((one) => one.ref === ref)?.groups ?? [])
      const large = sayLarge(await measure(before, after), ref, after)
      return {
        base: ref,
        branch: `promotion/${isHub ? `${ref}/${environment}` : environment}/${after.slice(0, 12)}`,
        commit: after,
        title: isHub ? `${ref}: ${title.split(':', 1)[0] ?? ''}` : title,
        body: large === undefined ? body : `**${large}**\n\n${body}`,
        ...(large !== undefined && { large }),
      }
    }),
  )
}

/** Refs that nothing can be proposed onto, since they are not there yet. */
export const findBaseless = (moves: readonly Pick<RefMove, 'ref' | 'before'>[]): Finding[] =>
  moves.filter(({ before }) => before === undefined).map(({ ref }) => missing(ref))

/** Branches are made and never moved. */
export const movesOf = (proposals: readonly Proposal[]): RefMove[] =>
  proposals.map(({ branch, commit }) => ({ ref: branch, before: undefined, after: commit }))

/** What a person does next with each: a command for `gh` where that is at hand, else the page, or what to ask for. */
export async function explainProposals(root: string, proposals: readonly Proposal[]): Promise<string[]> {
  const run = (command: string, ...args: string[]) => execa(command, args, { cwd: root, reject: false })
  const remote = await execaGit('git', ['remote', 'get-url', 'origin'], { cwd: root, reject: false })
  const page = remote.exitCode === 0 ? pageOf(remote.stdout) : undefined
  const hasGh = isGithub(page) && (await run('gh', '--version')).exitCode === 0
  return proposals.flatMap(({ large, ...proposal }) => [
    ...(large === undefined ? [] : [large]),
    ask(proposal, page, hasGh),
  ])
}

function ask({ base, branch, title }: Proposal, page: string | undefined, hasGh: boolean): string {
  if (hasGh)
    return `gh pr create --base ${base} --head ${branch} --title ${shellWord(title)} --body "$(opencore diff ${base.replace(/^env\//, '')} --to ${branch.split('/').at(-1) ?? ''} -o markdown)"`
  if (isGithub(page)) return `open ${page ?? ''}/compare/${base}...${branch}?expand=1`
  return `open a pull request from ${branch} onto ${base}${page === undefined ? '' : ` at ${page}`}`
}

const isGithub = (page?: string) => page?.startsWith('https://github.com/') === true

/** The web page of a remote, without the credentials that some addresses have; nothing of a folder. */
export function pageOf(remote: string): string | undefined {
  const text = remote.trim().replace(/(\.git)?\/?$/, '')
  const [, host, path] =
    /^(?:https?|ssh|git):\/\/(?:[^@/]*@)?([^/:]+)(?::\d+)?\/(.+)$/.exec(text) ??
    /^(?:[^@/:]+@)?([^@/:]+):(.+)$/.exec(text) ??
    []
  return host === undefined || path === undefined ? undefined : `https://${host}/${path}`
}

const missing = (ref: string): Finding => ({
  code: 'PULL_REQUEST_BASE',
  severity: 'error',
  at: { file: ref },
  found: 'the ref is not there yet, so nothing can be proposed onto it',
  wanted: 'a ref with its first commit',
  next: 'promote the first time without --pull-request',
})
