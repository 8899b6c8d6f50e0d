import type { Finding } from '@opencore/contract'
import { runGit, type Repository } from './git.ts'

/**
 * Whether Argo CD would take a commit: signed with GnuPG by one of these keys, or by a subkey of one. Finding: REF_UNSIGNED.
 * @param keys ids of 16 digits; with none, any commit is right
 * @param ref what the commit is the head of, for the finding
 */
export async function checkSigner(
  repository: Repository,
  { ref, commit, keys }: { ref: string; commit: string; keys: readonly string[] },
): Promise<Finding[]> {
  if (keys.length === 0) return []
  const format = '--format=%G?%x00%GK%x00%GP'
  const text = await runGit(repository, ['log', '-1', '--no-show-signature', format, commit])
  const [sign = '', key = '', primary = ''] = text.trim().split('\0')
  const isTrusted = [key, primary.slice(-KEY_DIGITS)].some((id) => keys.includes(id))
  if ((sign === 'G' || sign === 'U') && isTrusted) return []
  return [
    {
      code: 'REF_UNSIGNED',
      severity: 'error',
      at: { file: ref },
      found: `commit ${commit.slice(0, 12)} ${sign === 'N' ? 'has no signature' : `is signed by ${key}, which says ${sign}`}`,
      wanted: `a good signature of GnuPG by one of ${keys.join(', ')} (signingKeys of the tier): Argo CD takes no other`,
      next: 'sign with that key (git config user.signingKey), or put the ref back to a commit that is: opencore rollback',
    },
  ]
}

const KEY_DIGITS = 16
