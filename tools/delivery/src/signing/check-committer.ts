import type { Finding } from '@opencore/contract'
import { gitWords, runGit, type Repository } from '../git.ts'
import { readSecretKeys, type SecretKey } from './read-secret-keys.ts'

/**
 * Whether a commit can be made here for a ref, and signed as Argo CD takes it. It is asked before anything is rendered or
 * verified, which takes its time. Findings: COMMITTER_UNKNOWN, SIGNING_KEY_MISSING, SIGNING_KEY_EXPIRED,
 * SIGNING_KEY_UNLISTED. What no list of keys says, such as a passphrase that nobody types, signing itself says.
 * @param keys ids of 16 digits; with none, nothing is signed
 */
export async function checkCommitter(
  repository: Repository,
  { ref, keys }: { ref: string; keys: readonly string[] },
): Promise<Finding[]> {
  const identities = ['GIT_AUTHOR_IDENT', 'GIT_COMMITTER_IDENT']
  const asked = await Promise.allSettled(identities.map((name) => runGit(repository, ['var', name])))
  const unknown = asked.flatMap((one) => (one.status === 'rejected' ? [gitWords(one.reason)] : []))
  if (unknown.length > 0) return [committerUnknown(ref, unknown[0] ?? '')]
  if (keys.length === 0) return []
  const committer = asked[1]?.status === 'fulfilled' ? asked[1].value : ''
  const found = await readSecretKeys(repository, committer.trim().replace(/ \d+ [+-]\d{4}$/, ''))
  return found.keys === undefined ? [] : judgeKeys(found.keys, { ref, asked: found.asked, keys })
}

interface Wanted {
  ref: string
  asked: string
  keys: readonly string[]
}

function judgeKeys(own: readonly SecretKey[], wanted: Wanted): Finding[] {
  if (own.length === 0) return [keyMissing(wanted)]
  const usable = own.filter(({ isUsable }) => isUsable)
  if (usable.length === 0) return [keyExpired(wanted, own)]
  const isListed = ({ ids }: SecretKey) => ids.some((id) => wanted.keys.includes(id))
  return usable.some(isListed) ? [] : [keyUnlisted(wanted, usable)]
}

const listOf = (keys: readonly string[]) => `one of ${keys.join(', ')} (signingKeys of the tier)`

const committerUnknown = (ref: string, words: string): Finding => ({
  code: 'COMMITTER_UNKNOWN',
  severity: 'error',
  at: { file: ref },
  found: `git does not know who commits: ${(words.split('\n').at(-1) ?? '').replace('fatal: ', '')}`,
  wanted: 'a name and an address: the history of the ref says who changed it',
  next: 'git config user.name "Your Name" && git config user.email you@bank.example',
})

const keyMissing = ({ ref, asked, keys }: Wanted): Finding => ({
  code: 'SIGNING_KEY_MISSING',
  severity: 'error',
  at: { file: ref },
  found: `GnuPG has no secret key of ${asked} here`,
  wanted: `a key to sign with, ${listOf(keys)}`,
  next: 'git config user.signingKey ID, of those that gpg --list-secret-keys shows; without one, look with --dry-run and ask who has one',
})

const keyExpired = ({ ref, keys }: Wanted, own: readonly SecretKey[]): Finding => {
  const id = own[0]?.ids[0] ?? ''
  const expired = own[0]?.expired
  return {
    code: 'SIGNING_KEY_EXPIRED',
    severity: 'error',
    at: { file: ref },
    found: `key ${id} ${expired === undefined ? 'cannot sign: it was revoked or disabled' : `expired on ${expired.slice(0, 10)}`}`,
    wanted: `a key that signs, ${listOf(keys)}`,
    next: 'sign with another (git config user.signingKey ID), or prolong it (gpg --quick-set-expire FINGERPRINT 1y) and give Argo CD its public key again (docs/first-cluster.md, Production)',
  }
}

const keyUnlisted = ({ ref, keys }: Wanted, usable: readonly SecretKey[]): Finding => ({
  code: 'SIGNING_KEY_UNLISTED',
  severity: 'error',
  at: { file: ref },
  found: `git signs with ${usable.map(({ ids }) => ids[0]).join(' or ')}, which Argo CD does not take here`,
  wanted: listOf(keys),
  next: 'git config user.signingKey ID, or let the platform team list your key: environments/tiers, a merge to main, and the hub promoted',
})
