import { execaGit } from './execa-git.ts'
import type { Repository } from './git.ts'
import { readPath } from './path-bytes.ts'

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
  const blobs = entries.filter(({ isFile }) => isFile)
  const { stdout } = await execaGit('git', ['--git-dir', repository.folder, 'cat-file', '--batch'], {
    env: repository.env ?? {},
    input: blobs.map(({ id }) => `${id}\n`).join(''),
    encoding: 'buffer',
    stripFinalNewline: false,
  })
  // Each answer is `<id> blob <bytes>`, a line break, the bytes, a line break; lengths count bytes.
  let rest = Buffer.from(stdout)
  return new Map(
    blobs.map(({ path }) => {
      const end = rest.indexOf('\n')
      const size = Number(rest.subarray(0, end).toString().split(' ')[2])
      const text = rest.subarray(end + 1, end + 1 + size).toString()
      rest = rest.subarray(end + 2 + size)
      return [path, text]
    }),
  )
}

/** Paths of a commit that are no regular files: links, submodules, programs. */
export async function listOthers(repository: Repository, commit: string): Promise<string[]> {
  return (await listEntries(repository, commit)).flatMap(({ isFile, path }) => (isFile ? [] : [path]))
}

async function listEntries(repository: Repository, commit: string, folder?: string) {
  const where = folder === undefined ? [] : ['--', folder]
  const args = ['--git-dir', repository.folder, 'ls-tree', '-r', '-z', '--full-tree', commit, ...where]
  const { stdout } = await execaGit('git', args, {
    env: { GIT_LITERAL_PATHSPECS: '1', LC_ALL: 'C', ...repository.env },
    encoding: 'buffer',
  })
  return splitZero(Buffer.from(stdout)).flatMap((bytes) => {
    const line = readPath(bytes)
    const [, mode, id = '', path] = /^(\d+) \w+ ([0-9a-f]+)\t(.*)$/s.exec(line) ?? []
    return path === undefined ? [] : [{ id, path, isFile: mode === '100644' }]
  })
}

/** Each of what a zero ends. */
function splitZero(bytes: Buffer): Buffer[] {
  const parts: Buffer[] = []
  let start = 0
  for (let end = bytes.indexOf(0); end >= 0; end = bytes.indexOf(0, start)) {
    parts.push(bytes.subarray(start, end))
    start = end + 1
  }
  return parts
}
