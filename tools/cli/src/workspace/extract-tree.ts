import { execaGit } from '@opencore/delivery'
import { existsSync } from 'node:fs'
import { mkdir, mkdtemp, readdir, rename, rm, symlink, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'

export interface ExtractedTree {
  /** A checkout or a bare repository. */
  repository: string
  commit: string
  /** Files and folders of the commit. */
  paths: readonly string[]
}

/**
 * The files of a commit in `<parent>/<commit>`, kept for as long as nobody asks for another commit there. They are what the commit
 * has, byte by byte: git's own checkout would look through filters and attributes that a clone may name.
 */
export async function extractTree(
  parent: string,
  { repository, commit, paths }: ExtractedTree,
): Promise<string> {
  const kept = join(parent, commit)
  if (existsSync(kept)) return kept
  await mkdir(parent, { recursive: true })
  for (const old of await readdir(parent)) await rm(join(parent, old), { recursive: true, force: true })
  const draft = await mkdtemp(join(dirname(kept), 'draft-'))
  const files = await readBlobs(repository, commit, paths)
  for (const folder of new Set(files.map(({ path }) => dirname(join(draft, path)))))
    await mkdir(folder, { recursive: true })
  await Promise.all(files.map(({ path, mode, content }) => write(join(draft, path), mode, content)))
  await rename(draft, kept)
  return kept
}

interface Blob {
  path: string
  /** As git has it: `100644`, `100755` of a program, `120000` of a link. */
  mode: string
  content: Buffer
}

const write = (file: string, mode: string, content: Buffer) =>
  mode === '120000'
    ? symlink(content, file)
    : writeFile(file, content, { mode: mode === '100755' ? 0o755 : 0o644 })

async function readBlobs(cwd: string, commit: string, paths: readonly string[]): Promise<Blob[]> {
  const { stdout } = await execaGit('git', ['ls-tree', '-r', '-z', commit, '--', ...paths], { cwd })
  const entries = stdout.split('\0').flatMap((line) => {
    const [, mode = '', id = '', path] = /^(\d+) blob ([0-9a-f]+)\t(.*)$/s.exec(line) ?? []
    return path === undefined ? [] : [{ mode, id, path }]
  })
  const batch = await execaGit('git', ['cat-file', '--batch'], {
    cwd,
    input: entries.map(({ id }) => `${id}\n`).join(''),
    encoding: 'buffer',
    stripFinalNewline: false,
  })
  // Each answer is `<id> blob <bytes>`, a line break, the bytes, a line break; lengths count bytes.
  let rest = Buffer.from(batch.stdout)
  return entries.map(({ mode, path }) => {
    const end = rest.indexOf('\n')
    const size = Number(rest.subarray(0, end).toString().split(' ')[2])
    const content = rest.subarray(end + 1, end + 1 + size)
    rest = rest.subarray(end + 2 + size)
    return { mode, path, content }
  })
}
