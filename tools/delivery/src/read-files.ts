import { execaGit } from './execa-git.ts'
import type { Repository } from './git.ts'
import { MODES, parseBatch, parseTree, type TreeEntry } from './parse-git.ts'

/** Nobody renders more into one file, by far; who may push may push what no memory holds. Bytes. */
const LARGEST = 32 * 2 ** 20
const ALL = 2 ** 30

/**
 * The text of every file of a commit, by path; with one process for all of them. Links and submodules are no files: see
 * `listOthers`. Of what is larger than anything that is rendered there is no text, so that it is otherwise than its record says.
 * @param folder those below it alone
 */
export async function readFiles(
  repository: Repository,
  commit: string,
  folder?: string,
): Promise<Map<string, string>> {
  const entries = await listEntries(repository, commit, folder)
  const files = entries.filter(isFile)
  const blobs = files.filter(({ size = 0 }) => size <= LARGEST)
  const { stdout } = await execaGit('git', ['--git-dir', repository.folder, 'cat-file', '--batch'], {
    env: repository.env ?? {},
    input: blobs.map(({ id }) => `${id}\n`).join(''),
    encoding: 'buffer',
    stripFinalNewline: false,
    maxBuffer: ALL,
  })
  const contents = parseBatch(stdout, blobs.length)
  const texts = new Map(blobs.map(({ path }, index) => [path, contents[index]?.toString() ?? '']))
  return new Map(files.map(({ path }) => [path, texts.get(path) ?? '']))
}

/** Paths of a commit that are no regular files: links, submodules, programs. */
export async function listOthers(repository: Repository, commit: string): Promise<string[]> {
  const entries = await listEntries(repository, commit)
  return entries.filter((entry) => !isFile(entry)).map(({ path }) => path)
}

async function listEntries(repository: Repository, commit: string, folder?: string) {
  const where = folder === undefined ? [] : ['--', folder]
  const args = [
    '--git-dir',
    repository.folder,
    'ls-tree',
    '-r',
    '-z',
    '--long',
    '--full-tree',
    commit,
    ...where,
  ]
  const { stdout } = await execaGit('git', args, {
    env: { GIT_LITERAL_PATHSPECS: '1', LC_ALL: 'C', ...repository.env },
    encoding: 'buffer',
  })
  return parseTree(stdout)
}

const isFile = ({ mode }: TreeEntry) => mode === MODES.file
