import { resolveRevision, runGit, type Repository } from './git.ts'
import { quotePath } from './path-bytes.ts'

/** One file of a ref: its path from the root with `/`, and its text. */
export interface TreeFile {
  path: string
  text: string
}

export interface RefUpdate {
  /** Such as `env/dev`. */
  ref: string
  message: string
  /** New and changed files. */
  files: readonly TreeFile[]
  /** Files and folders that go. */
  removed?: readonly string[]
  /** Id of the GPG key to sign with; `true` for the one that git is configured with. */
  sign?: string | boolean
  /** Make a commit also where nothing changes, for its signature. */
  evenSame?: boolean
}

/**
 * Commit an update on top of a ref and move the ref: whole or not at all. An update that changes nothing makes no commit.
 * Neither index nor working tree is touched. Throws where the ref was moved meanwhile: nothing is lost, the commit is
 * not reachable.
 * Returns the commit that the ref points to.
 */
export async function writeRef(repository: Repository, update: RefUpdate): Promise<string> {
  const target = `refs/heads/${update.ref}`
  const parent = await resolveRevision(repository, target)
  const commit = await commitTree(repository, update, parent)
  if (commit !== parent)
    // Of nothing: `update-ref` refuses where the ref is not where it was.
    await runGit(repository, ['update-ref', target, commit, parent ?? '0'.repeat(commit.length)])
  return commit
}

/** The commit that an update makes on top of another; the parent itself where nothing changes. No ref is moved. */
export async function commitTree(
  repository: Repository,
  { message, sign = false, evenSame = false, ...update }: Omit<RefUpdate, 'ref'>,
  parent: string | undefined,
): Promise<string> {
  const draft = (
    await runGit(repository, ['fast-import', '--quiet', '--force'], formatImport({ ...update, parent }))
  ).trim()
  const tree = (await resolveRevision(repository, `${draft}^{tree}`)) ?? ''
  const before = parent === undefined ? undefined : await resolveRevision(repository, `${parent}^{tree}`)
  if (parent !== undefined && tree === before && !evenSame) return parent
  const args = [
    ...(parent === undefined ? [] : ['-p', parent]),
    ...(sign === false ? ['--no-gpg-sign'] : [sign === true ? '-S' : `-S${sign}`]),
  ]
  // Argo CD checks signatures of GnuPG alone.
  const settings = ['-c', 'gpg.format=openpgp']
  return (await runGit(repository, [...settings, 'commit-tree', tree, ...args], message)).trim()
}

interface Import extends Pick<RefUpdate, 'files' | 'removed'> {
  parent: string | undefined
}

/**
 * One commit in the language of git-fast-import(1): sizes count bytes, and a path in quotes may hold anything. It prints the
 * commit, and takes its branch away before that is written: whoever is killed leaves no ref behind.
 */
function formatImport({ parent, files, removed = [] }: Import): Buffer {
  const seconds = Math.floor(Date.now() / 1000)
  const lines = [
    `commit ${DRAFT}`,
    'mark :1',
    `committer opencore <opencore@localhost> ${seconds} +0000`,
    data('draft'),
    ...(parent === undefined ? [] : [`from ${parent}`]),
    ...removed.map((path) => `D ${quotePath(path)}`),
    ...files.map(({ path, text }) => `M 100644 inline ${quotePath(path)}\n${data(text)}`),
    'get-mark :1',
    `reset ${DRAFT}`,
    `from ${'0'.repeat(40)}`,
  ]
  return Buffer.from(`${lines.join('\n')}\n`)
}

/** A branch inside of git-fast-import alone. */
const DRAFT = 'refs/opencore/import'

const data = (text: string) => `data ${Buffer.byteLength(text)}\n${text}`
