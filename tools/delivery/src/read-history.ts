import { resolveRevision, runGit, type Repository } from './git.ts'
import { isListed } from './signing/check-signer.ts'

/** `foreign key`: whoever signed, Argo CD does not take it. */
export type Signature = 'good' | 'bad' | 'foreign key' | 'unknown key' | 'expired' | 'revoked' | 'none'

/** One change set on an environment's ref. */
export interface HistoryEntry {
  commit: string
  /** Committed when, ISO 8601. */
  date: string
  author: string
  subject: string
  /** Commits of the sources; none where the commit does not say. */
  sources: string[]
  /** The environment whose releases were taken. */
  from?: string
  /** Why a ring was skipped. */
  skippedRing?: string
  /** Of a rollback: the commit whose state it brought back. */
  asOf?: string
  /** The ref that it was made for; nothing of one that does not say. */
  ref?: string
  /** Somebody pushed it, and no command made it: it says of nothing where it came from. */
  isByHand?: true
  /** What git says of the signature, with the keys of whoever asks. */
  signature: Signature
  /** Id of the key that signed. */
  key?: string
}

const FIELDS = [
  '%H',
  '%cI',
  '%an',
  '%s',
  '%(trailers:key=Source,valueonly)',
  '%(trailers:key=From,valueonly)',
  '%(trailers:key=Skipped-Ring,valueonly)',
  '%(trailers:key=As-Of,valueonly)',
  '%(trailers:key=Ref,valueonly)',
  '%G?',
  '%GK',
  '%GP',
]

export interface HistoryQuery {
  /** One release: the change sets that touched it. */
  release?: string
  limit: number
  /** Ids of 16 digits, of the keys that Argo CD takes; with none, it takes any commit. */
  keys?: readonly string[]
}

/** The change sets on a ref, newest first. */
export async function readHistory(
  repository: Repository,
  revision: string,
  { release, limit, keys = [] }: HistoryQuery,
): Promise<HistoryEntry[]> {
  if ((await resolveRevision(repository, revision)) === undefined) return []
  // No name and no message can hold a zero, so nobody can write a field of another.
  const format = `--format=${FIELDS.map((field) => `${field}%x00`).join('')}`
  const where = release === undefined ? [] : ['--', release]
  const text = await runGit(repository, [
    'log',
    '--first-parent',
    '--no-show-signature',
    format,
    `--max-count=${limit}`,
    revision,
    ...where,
  ])
  const fields = text.split('\0').map((field) => field.trim())
  const entries = Math.floor(fields.length / FIELDS.length)
  return Array.from({ length: entries }, (_, index) =>
    readEntry(fields.slice(index * FIELDS.length, (index + 1) * FIELDS.length), keys),
  )
}

function readEntry(fields: readonly string[], keys: readonly string[]): HistoryEntry {
  const [commit = '', date = '', author = '', subject = '', ...rest] = fields
  const [sources = '', from = '', skipped = '', asOf = '', ref = '', sign = '', key = '', primary = ''] = rest
  const isForeign = keys.length > 0 && key !== '' && !isListed(key, primary, keys)
  return {
    commit,
    date,
    author,
    subject,
    sources: sources.split('\n').filter(Boolean),
    ...(from !== '' && { from }),
    ...(skipped !== '' && { skippedRing: skipped }),
    // Several, or what is no commit, somebody else wrote.
    ...(/^[0-9a-f]{40,64}$/.test(asOf) && { asOf }),
    ...(ref !== '' && { ref }),
    ...(sources === '' && asOf === '' && { isByHand: true as const }),
    signature: isForeign && sign !== 'B' ? 'foreign key' : (signatures[sign] ?? 'bad'),
    ...(key !== '' && { key }),
  }
}

/** git-log(1), `%G?`; a good one of a key whose owner is not known to this user is good, too. */
const signatures: Readonly<Record<string, Signature>> = {
  G: 'good',
  U: 'good',
  E: 'unknown key',
  N: 'none',
  X: 'expired',
  Y: 'expired',
  R: 'revoked',
}
