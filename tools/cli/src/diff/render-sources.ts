import type { Finding } from '@opencore/contract'
import { FindingsError } from '@opencore/contract/findings'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { exitCode, Refusal } from '../output/refusal.ts'
import type { Report } from '../output/run-steps.ts'
import { withSourcesOf } from '../workspace/with-sources-of.ts'
import { renderSide, type Side } from '../deliver/read-side.ts'
import type { SourceRange } from './read-range.ts'

/**
 * Both sides of a comparison of sources, as each commit's charts render its values; without a second commit the checkout's
 * own. A side without the environment is empty; refuses where neither has it (DIFF_SOURCES), and what does not render.
 */
export async function renderSources(
  root: string,
  { from, to }: SourceRange,
  environment: string,
  report: Report,
): Promise<{ before: Side; after: Side }> {
  const before = await renderCommit(root, from, environment, report)
  const after =
    to === undefined
      ? await renderIn(root, environment, report)
      : await renderCommit(root, to, environment, report)
  if (!before && !after) throw new Refusal([lacks(environment, [from, ...(to === undefined ? [] : [to])])])
  const none: Side = new Map()
  return { before: before ?? none, after: after ?? none }
}

async function renderCommit(
  root: string,
  commit: string,
  environment: string,
  report: Report,
): Promise<Side | undefined> {
  try {
    return await withSourcesOf(root, async (extract) => renderIn(await extract(commit), environment, report))
  } catch (error) {
    if (!(error instanceof FindingsError)) throw error
    throw new Refusal(
      error.findings.map(({ at, ...finding }) => ({
        ...finding,
        at: { ...at, file: `${short(commit)}:${at.file}` },
      })),
      exitCode.findings,
    )
  }
}

async function renderIn(root: string, environment: string, report: Report): Promise<Side | undefined> {
  if (!existsSync(join(root, 'argocd', environment, 'releases.yaml'))) return undefined
  return renderSide(root, environment, report)
}

const short = (commit: string) => commit.slice(0, 12)

const lacks = (environment: string, commits: readonly string[]): Finding => ({
  code: 'DIFF_SOURCES',
  severity: 'error',
  at: { file: '--sources' },
  found: `${environment} is not in argocd/ of ${commits.map(short).join(' and ')}`,
  wanted: 'commits of which one has the environment, generated',
  next: `git log -- argocd/${environment} says since when it is there`,
})
