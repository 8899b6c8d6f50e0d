import type { Finding } from '@opencore/contract'
import { commitTree, gitWords } from '@opencore/delivery'
import type { PlatformEnvironment } from '@opencore/model'
import { Refusal } from '../output/refusal.ts'
import type { Refs } from './open-refs.ts'

interface Update extends Omit<Parameters<typeof commitTree>[1], 'sign'> {
  /** No ref will point to it: nobody needs a key, or a name, to see what would change. */
  isDraft?: boolean
}

/**
 * A commit on top of another, signed where the tier asks for it; the other itself where nothing changes. Refuses with
 * SIGNING_FAILED where GnuPG does not sign.
 */
export async function commitSigned(
  { repository }: Refs,
  { tier }: PlatformEnvironment,
  { isDraft = false, ...update }: Update,
  parent: string | undefined,
): Promise<string> {
  if (isDraft) return commitTree({ ...repository, env: { ...repository.env, ...nobody } }, update, parent)
  const sign = tier.delivery.signingKeys !== undefined
  try {
    return await commitTree(repository, { ...update, sign }, parent)
  } catch (error) {
    if (!sign || !gitWords(error).includes('gpg failed to sign')) throw error
    throw new Refusal([signingFailed(gitWords(error))])
  }
}

const nobody = Object.fromEntries(
  ['AUTHOR', 'COMMITTER'].flatMap((role) => [
    [`GIT_${role}_NAME`, 'dry run'],
    [`GIT_${role}_EMAIL`, 'dry-run@localhost'],
  ]),
)

const signingFailed = (words: string): Finding => ({
  code: 'SIGNING_FAILED',
  severity: 'error',
  at: { file: 'git commit-tree -S' },
  found: `GnuPG did not sign: ${words.split('\n').find((line) => !line.startsWith('fatal: ')) ?? words}`,
  wanted: 'a signature: nothing was changed, here or there',
  next: 'see what it says: echo | gpg --clearsign --local-user "$(git config user.signingKey)"; where it asks for a passphrase, export GPG_TTY=$(tty)',
})
