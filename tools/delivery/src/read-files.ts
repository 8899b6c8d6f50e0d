import { execaGit } from './execa-git.ts'
import type { Repository } from './git.ts'
import { MODES, parseBatch, parseTree, type TreeEntry } from './parse-git.ts'

/**
 * The text of every file of a commit, by path; with one process for all of them. Links and submodules are no files: see
 * `listOthers`.
 * @param folder those below it alone
 */
export async function readFiles(
  repository: Repository,
  commit: string,
  folder?: string,
): Promise<Map<string, string>> {
  const entries = await listEntries(repository, commit, folder)
  const blobs = entries.filter(isFile)
  const { stdout } = await execaGit('git', ['--git-dir', repository.folder, 'cat-file', '--batch'], {
    env: repository.env ?? {},
    input: blobs.map(({ id }) => `${id}\n`).join(''),
    encoding: 'buffer',
    stripFinalNewline: false,
  })
  const contents = parseBatch(stdout, blobs.length)
  return new Map(blobs.map(({ path }, index) => [path, contents[index]?.toString() ?? '']))
}

/** Paths of a commit that are no regular files: links, submodules, programs. */
export async function listOthers(repository: Repository, commit: string): Promise<string[]> {
  const entries = await listEntries(repository, commit)
  return entries.filter((entry) => !isFile(entry)).map(({ path }) => path)
}

async function listEntries(repository: Repository, commit: string, folder?: string) {
  const where = folder === undefined ? [] : ['--', folder]
  const args = ['--git-dir', repository.folder, 'ls-tree', '-r', '-z', '--full-tree', commit, ...where]
  const { stdout } = await execaGit('git', args, {
    env: { GIT_LITERAL_PATHSPECS: '1', LC_ALL: 'C', ...repository.env },
    encoding: 'buffer',
  })
  return parseTree(stdout)
}

const isFile = ({ mode }: TreeEntry) => mode === MODES.file
