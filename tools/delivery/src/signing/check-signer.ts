import { runGit, type Repository } from '../git.ts'

/** Why Argo CD would not take a commit. */
export interface SignerTrouble {
  /**
   * `absent`: nobody signed. `foreign`: another key than the tier's, or a broken signature. `expired`: the signature is one of
   * a key of the tier, which has expired since. `revoked`. `unknown`: a key of the tier of which this keyring has no public
   * key, so that nothing can be said here. `unreadable`: GnuPG is not here, or does not run.
   */
  kind: 'unreadable' | 'absent' | 'foreign' | 'expired' | 'revoked' | 'unknown'
  /** What it is like: `has no signature`. */
  words: string
}

/**
 * Whether Argo CD would take a commit: signed with GnuPG by one of these keys, or by a subkey of one. Nothing where it would.
 * @param keys ids of 16 digits; with none, any commit is right
 */
export async function checkSigner(
  repository: Repository,
  commit: string,
  keys: readonly string[],
): Promise<SignerTrouble | undefined> {
  if (keys.length === 0) return undefined
  const text = await runGit(repository, ['log', '-1', '--no-show-signature', SIGNATURE, commit])
  const trouble = judgeSignature(text.trim().split('\0'), keys)
  if (trouble?.kind !== 'absent') return trouble
  // Where it cannot ask GnuPG, git says that there is none.
  const [header = ''] = (await runGit(repository, ['cat-file', 'commit', commit])).split('\n\n', 1)
  return /^gpgsig/m.test(header)
    ? { kind: 'unreadable', words: 'has a signature that GnuPG does not read here' }
    : trouble
}

/** Whether a commit is what somebody asks for, by what is wrong with its signature. */
export type Taken = (trouble: SignerTrouble | undefined) => boolean

/** It is good now. */
export const isTaken: Taken = (trouble) => trouble === undefined

/** It was good once: a key of the list signed it that has expired since. */
export const wasTaken: Taken = (trouble) => trouble === undefined || trouble.kind === 'expired'

/** The newest commit that is or was taken, from a commit back. */
export async function findSigned(
  repository: Repository,
  from: string,
  keys: readonly string[],
  accepts: Taken,
): Promise<string | undefined> {
  const args = ['log', '--first-parent', '--no-show-signature', `--max-count=${FURTHEST}`]
  const text = await runGit(repository, [...args, `${SIGNATURE}%x00%H`, from])
  for (const line of text.split('\n').filter(Boolean)) {
    const [commit = '', ...signature] = line.split('\0').reverse()
    if (accepts(judgeSignature(signature.reverse(), keys))) return commit
  }
  return undefined
}

const SIGNATURE = '--format=%G?%x00%GK%x00%GP'
/** So many commits are looked at. */
const FURTHEST = 200
const KEY_DIGITS = 16

/** Whether a key of a signature is one of these ids, or a subkey of one: `%GK` and `%GP` of git-log(1). */
export const isListed = (key: string, primary: string, keys: readonly string[]): boolean =>
  [key, primary.slice(-KEY_DIGITS)].some((id) => keys.includes(id))

/** The letters are those of git-log(1), `%G?`; a `U` is good, by a key whose owner this user has not certified. */
function judgeSignature(
  [letter = '', key = '', primary = '']: readonly string[],
  keys: readonly string[],
): SignerTrouble | undefined {
  if (letter === 'N') return { kind: 'absent', words: 'has no signature' }
  if (letter === 'B') return { kind: 'foreign', words: 'has a broken signature' }
  if (!isListed(key, primary, keys))
    return { kind: 'foreign', words: `is signed by ${key}, which is none of the tier’s keys` }
  if (letter === 'G' || letter === 'U') return undefined
  if (letter === 'R') return { kind: 'revoked', words: `is signed by ${key}, which was revoked` }
  if (letter === 'E')
    return { kind: 'unknown', words: `is signed by ${key}, whose public key is not in this keyring` }
  return { kind: 'expired', words: `is signed by ${key}, which has expired` }
}
