import { execa } from 'execa'
import { runGit, type Repository } from '../git.ts'

/** A key of GnuPG that its owner has here, with what of it signs. */
export interface SecretKey {
  /** Ids of 16 digits, the primary's first: of this key and its subkeys. */
  ids: string[]
  /** Whether one of them signs now. */
  isUsable: boolean
  /** Of those that signed once: the last moment at which one did, ISO 8601. */
  expired?: string
}

export interface SecretKeys {
  /** What git asks GnuPG to sign with: `user.signingKey`, or name and address of the committer. */
  asked: string
  /** Nothing where the program that git calls does not list keys, as no GnuPG does not. */
  keys?: SecretKey[]
}

/** The keys among which GnuPG would choose for a commit in a repository. */
export async function readSecretKeys(repository: Repository, committer: string): Promise<SecretKeys> {
  const setting = async (name: string) =>
    (await runGit(repository, ['config', '--get', name]).catch(() => '')).trim()
  const asked = (await setting('user.signingKey')) || committer
  const program = (await setting('gpg.openpgp.program')) || (await setting('gpg.program')) || 'gpg'
  const args = ['--batch', '--with-colons', '--list-secret-keys', '--', asked]
  const { exitCode, stdout, stderr } = await execa(program, args, {
    env: { LC_ALL: 'C', ...repository.env },
    reject: false,
  })
  if (exitCode === 0) return { asked, keys: parseSecretKeys(stdout) }
  return /No secret key|not found/i.test(stderr) ? { asked, keys: [] } : { asked }
}

/** Lines of `--with-colons` (doc/DETAILS of GnuPG): `sec` begins a key, `ssb` is a subkey of it. */
function parseSecretKeys(text: string): SecretKey[] {
  const rows = text.split('\n').map((line) => line.split(':'))
  const starts = rows.flatMap(([kind], index) => (kind === 'sec' ? [index] : []))
  return starts.map((start, index) => {
    const parts = rows.slice(start, starts[index + 1]).filter(([kind]) => kind === 'sec' || kind === 'ssb')
    const signing = parts.filter(([, , , , , , , , , , , capabilities = '']) => capabilities.includes('s'))
    const ends = signing
      .filter(([, validity]) => validity === 'e')
      .map(([, , , , , , until]) => Number(until))
    return {
      ids: parts.map(([, , , , id = '']) => id),
      isUsable: signing.some(([, validity = '']) => !UNUSABLE.includes(validity)),
      ...(ends.length > 0 && { expired: new Date(Math.max(...ends) * 1000).toISOString() }),
    }
  })
}

/** Expired, revoked, disabled, invalid. */
const UNUSABLE = ['e', 'r', 'd', 'i']
