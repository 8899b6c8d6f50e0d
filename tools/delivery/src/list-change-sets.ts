import { CODE_OWNERS_FILE } from '@opencore/plan'
import { runGit, type Repository } from './git.ts'
import { RELEASE_FILES } from './release-folder.ts'

/** A commit of a ref, or of a branch that was merged into it. */
export interface ChangeSet {
  commit: string
  parents: string[]
  /** A command made it: it says where it came from, `Source` or `As-Of`. */
  isOurs: boolean
  /** What it says that it wrote, also where that came out as it was before. */
  said: string[]
  /** What it changed, of a merge against its first parent. */
  touched: { path: string; isGone: boolean }[]
}

/** What a commit says of who approves: `Release` says of releases. */
export const APPROVERS_TRAILER = `Approvers: ${CODE_OWNERS_FILE}`

/** Commits, newest first, with what each changed; `--first-parent` gives those of the ref itself. */
export async function listChangeSets(
  repository: Repository,
  revisions: readonly string[],
): Promise<ChangeSet[]> {
  const [commits, touched] = await Promise.all([
    listCommits(repository, revisions),
    listTouched(repository, revisions),
  ])
  return commits.map((one) => ({ ...one, touched: touched.get(one.commit) ?? [] }))
}

async function listCommits(repository: Repository, revisions: readonly string[]) {
  const trailer = (key: string) => `%(trailers:key=${key},valueonly)`
  const said = `${trailer('Source')}${trailer('As-Of')}%x00${trailer('Release')}%x00${trailer('Approvers')}`
  // No message can hold a zero.
  const format = `--format=%H%x00%P%x00${said}%x00`
  const args = ['log', '--no-show-signature', format, ...revisions]
  const fields = (await runGit(repository, args)).split('\0').map((field) => field.trim())
  return Array.from({ length: Math.floor(fields.length / FIELDS) }, (_, index) => {
    const [commit = '', parents = '', origin, releases = '', approvers = ''] = fields.slice(index * FIELDS)
    const isOurs = origin !== ''
    const names = releases.split('\n').filter((name) => name !== '' && !name.startsWith('-'))
    const files = names.flatMap((name) => Object.values(RELEASE_FILES).map((file) => `${name}/${file}`))
    const owners = approvers === CODE_OWNERS_FILE ? [CODE_OWNERS_FILE] : []
    return {
      commit,
      parents: parents.split(' ').filter(Boolean),
      isOurs,
      said: isOurs ? [...files, ...owners] : [],
    }
  })
}

const FIELDS = 5

async function listTouched(repository: Repository, revisions: readonly string[]) {
  const what = ['--diff-merges=first-parent', '--no-renames', '--name-status', '-z', '--format=%H']
  const args = ['-c', 'log.showRoot=true', 'log', '--no-show-signature', ...what]
  const text = await runGit(repository, [...args, ...revisions])
  const words = text.split('\0').map((word) => word.replace(/^\n/, ''))
  const touched = new Map<string, ChangeSet['touched']>()
  let commit = ''
  for (let index = 0; index < words.length; index += 1) {
    const word = words[index] ?? ''
    if (/^[0-9a-f]{40,64}$/.test(word)) commit = word
    else if (/^[A-Z]$/.test(word)) {
      index += 1
      const path = words[index] ?? ''
      touched.set(commit, touched.get(commit) ?? [])
      touched.get(commit)?.push({ path, isGone: word === 'D' })
    }
  }
  return touched
}
