import type { Finding } from '@opencore/contract'
import { resolveNamed, runGit } from '@opencore/delivery'
import { Refusal } from '../output/refusal.ts'
import { nameOnRef } from '../deliver/name-on-ref.ts'
import type { Refs } from '../deliver/open-refs.ts'

/**
 * The commits of a ref that are compared: its head, or what `from` names; and what `to` names, nothing without it. Refuses
 * what is no commit of the ref (DIFF_COMMIT).
 */
export async function findCommits(
  refs: Refs,
  ref: string,
  { from, to }: { from?: string | undefined; to?: string | undefined },
): Promise<{ before: string | undefined; after: string | undefined }> {
  const head = await refs.look(ref)
  const find = (revision: string) => checkRevision(refs, ref, head, revision)
  return {
    before: from === undefined ? head : await find(from),
    after: to === undefined ? undefined : await find(to),
  }
}

/**
 * The commit that a revision names on a ref: one of its own, or one that is proposed on top of it. Refuses any other (DIFF_COMMIT): what another ref
 * has is another environment's, or sources.
 */
async function checkRevision(
  { repository }: Refs,
  ref: string,
  head: string | undefined,
  revision: string,
): Promise<string> {
  if (head === undefined) throw new Refusal([missing(ref)])
  const commit = await resolveNamed(repository, nameOnRef(ref, head, revision))
  if (commit === undefined) throw new Refusal([refuse(ref, `there is no commit ${revision}`)])
  const shared = await runGit(repository, ['merge-base', head, commit]).catch(() => '')
  if (shared === '') throw new Refusal([refuse(ref, `${revision} is no commit of this ref`)])
  return commit
}

const refuse = (ref: string, found: string): Finding => ({
  code: 'DIFF_COMMIT',
  severity: 'error',
  at: { file: ref },
  found,
  wanted: 'a commit of the ref, or one that is proposed on top of it',
  next: ref.startsWith('env/')
    ? `opencore history ${ref.replace('env/', '')} lists them; --sources compares commits of the sources`
    : `git log ${ref} lists them`,
})

const missing = (ref: string): Finding => ({
  ...refuse(ref, 'the ref is not there yet'),
  next: 'opencore promote ENVIRONMENT, without names, brings what a hub has of it; opencore up the refs of the embedded platform',
})
