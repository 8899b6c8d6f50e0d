import { resolveRevision, runGit, type Repository } from './git.ts'

/** A file of a ref that somebody pushed by hand, over what a command had written or beside it. */
export interface HandChange {
  path: string
  /** The last commit that changed it. */
  commit: string
  isGone: boolean
}

/** So many change sets are looked at. */
const FURTHEST = 500

/**
 * Files whose last change on a ref no command made, and that are otherwise than the last command left them. What commands
 * commit says where it came from: `Source`, or `As-Of`.
 */
export async function findByHand(repository: Repository, head: string): Promise<HandChange[]> {
  const commits = await listCommits(repository, head)
  const last = commits.findLastIndex(({ isOurs }) => !isOurs)
  if (last < 0) return []
  const ours = new Set(commits.filter(({ isOurs }) => isOurs).map(({ commit }) => commit))
  const found = new Map<string, HandChange>()
  const bases = new Map<string, string>()
  for (const { commit, path, isGone } of await listTouched(repository, head, commits.length)) {
    if (bases.has(path)) continue
    if (ours.has(commit)) bases.set(path, commit)
    else if (!found.has(path)) found.set(path, { path, commit, isGone })
  }
  const changes: HandChange[] = []
  for (const [path, change] of found) {
    const base = bases.get(path)
    const before = base && (await resolveRevision(repository, `${base}:${path}`))
    if (before !== (await resolveRevision(repository, `${head}:${path}`))) changes.push(change)
  }
  return changes
}

async function listCommits(repository: Repository, head: string) {
  const trailer = (key: string) => `%(trailers:key=${key},valueonly)`
  // No message can hold a zero.
  const format = `--format=%H%x00${trailer('Source')}${trailer('As-Of')}%x00`
  const args = ['log', '--first-parent', '--no-show-signature', `--max-count=${FURTHEST}`, format, head]
  const fields = (await runGit(repository, args)).split('\0').map((field) => field.trim())
  return Array.from({ length: Math.floor(fields.length / 2) }, (_, index) => ({
    commit: fields[index * 2] ?? '',
    isOurs: fields[index * 2 + 1] !== '',
  }))
}

/** What each commit changed, newest first. */
async function listTouched(repository: Repository, head: string, count: number) {
  const what = ['--first-parent', '-m', '--no-renames', '--name-status', '-z', '--format=%H']
  const args = [
    '-c',
    'log.showRoot=true',
    'log',
    '--no-show-signature',
    ...what,
    `--max-count=${count}`,
    head,
  ]
  const words = (await runGit(repository, args)).split('\0').map((word) => word.replace(/^\n/, ''))
  const touched: { commit: string; path: string; isGone: boolean }[] = []
  let commit = ''
  for (let index = 0; index < words.length; index += 1) {
    const word = words[index] ?? ''
    if (/^[0-9a-f]{40,64}$/.test(word)) commit = word
    else if (/^[A-Z]$/.test(word)) {
      index += 1
      touched.push({ commit, path: words[index] ?? '', isGone: word === 'D' })
    }
  }
  return touched
}
