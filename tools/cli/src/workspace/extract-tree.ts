import { execaGit, MODES, parseBatch, parseTree } from '@opencore/delivery'
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

function write(file: string, mode: string, content: Buffer): Promise<void> {
  if (mode === MODES.link) return symlink(content, file)
  return writeFile(file, content, { mode: mode === MODES.program ? 0o755 : 0o644 })
}

/** A submodule is none of them: it is another repository's. */
async function readBlobs(cwd: string, commit: string, paths: readonly string[]) {
  const listed = await execaGit('git', ['ls-tree', '-r', '-z', commit, '--', ...paths], {
    cwd,
    encoding: 'buffer',
  })
  const entries = parseTree(listed.stdout).filter(({ mode }) => mode !== MODES.submodule)
  const { stdout } = await execaGit('git', ['cat-file', '--batch'], {
    cwd,
    input: entries.map(({ id }) => `${id}\n`).join(''),
    encoding: 'buffer',
    stripFinalNewline: false,
  })
  const contents = parseBatch(stdout, entries.length)
  return entries.map((entry, index) => ({ ...entry, content: contents[index] ?? Buffer.alloc(0) }))
}
