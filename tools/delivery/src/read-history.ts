import { resolveRevision, runGit, type Repository } from './git.ts'

/** One change set on an environment's ref. */
export interface HistoryEntry {
  commit: string
  /** Committed when, ISO 8601. */
  date: string
  author: string
  subject: string
  /** Commit of the sources; nothing where the commit does not say. */
  source?: string
  /** Why a ring was skipped. */
  skippedRing?: string
  /** Whose signature: what git says of it with the keys of whoever asks. */
  signature: 'good' | 'bad' | 'unknown key' | 'none'
}

const FIELDS = [
  '%H',
  '%cI',
  '%an',
  '%s',
  '%(trailers:key=Source,valueonly)',
  '%(trailers:key=Skipped-Ring,valueonly)',
  '%G?',
]

/** The change sets on a ref, newest first; of one release those that touched it. */
export async function readHistory(
  repository: Repository,
  revision: string,
  { release, limit }: { release?: string; limit: number },
): Promise<HistoryEntry[]> {
  if ((await resolveRevision(repository, revision)) === undefined) return []
  const format = `--format=${FIELDS.join('%x1f')}%x1e`
  const where = release === undefined ? [] : ['--', release]
  const text = await runGit(repository, ['log', format, `--max-count=${limit}`, revision, ...where])
  return text
    .split('\x1e')
    .map((entry) => entry.trim())
    .filter((entry) => entry !== '')
    .map(readEntry)
}

function readEntry(entry: string): HistoryEntry {
  const [commit = '', date = '', author = '', subject = '', source = '', skipped = '', sign = ''] = entry
    .split('\x1f')
    .map((field) => field.trim())
  return {
    commit,
    date,
    author,
    subject,
    ...(source !== '' && { source }),
    ...(skipped !== '' && { skippedRing: skipped }),
    signature: signatures[sign] ?? 'bad',
  }
}

/** git-log(1), `%G?`; a good one of a key whose owner is not known to this user is good, too. */
const signatures: Readonly<Record<string, HistoryEntry['signature']>> = {
  G: 'good',
  U: 'good',
  E: 'unknown key',
  N: 'none',
}
