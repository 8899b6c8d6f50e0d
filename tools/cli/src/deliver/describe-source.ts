import { execaGit, MODES, parseTree, type TreeEntry } from '@opencore/delivery'
import { lstat, readFile, readlink } from 'node:fs/promises'
import { join } from 'node:path'
import { listTree } from '../files/list-tree.ts'
import { Refusal } from '../output/refusal.ts'
import { nameContent } from '../workspace/name-content.ts'

/** What decides what is rendered: the sources, and what renders them. */
const sources = ['charts', 'argocd', 'environments', 'tools', 'bin', 'package.json', 'package-lock.json']

/**
 * The commit of a checkout, as a record says it: with `-changed` where what is rendered differs from it. Refuses a
 * repository without a commit (SOURCE_ABSENT).
 */
export async function describeSource(root: string): Promise<string> {
  const head = ['rev-parse', '--verify', '--quiet', 'HEAD^{commit}']
  const { exitCode, stdout: commit } = await execaGit('git', head, { cwd: root, reject: false })
  if (exitCode !== 0) throw new Refusal([absent])
  return (await listChanged(root)).length === 0 ? commit : `${commit}-changed`
}

/**
 * Files of the sources that differ from the commit that is checked out, byte by byte. git's own word is not asked for: it leaves out
 * what it ignores and what it was told not to look at, and looks through filters that a clone may name; what is rendered is what
 * lies there.
 */
export async function listChanged(root: string): Promise<string[]> {
  const tree = ['ls-tree', '-r', '-z', 'HEAD', '--', ...sources]
  const { stdout } = await execaGit('git', tree, { cwd: root, encoding: 'buffer' })
  const committed = new Map(parseTree(stdout).map((entry) => [entry.path, entry]))
  const trees = await Promise.all(sources.map((folder) => listTree(root, folder)))
  const there = trees.flat().filter(({ kind }) => kind !== 'folder')
  const strange = there.filter(({ path }) => !committed.has(path) && !OF_NOBODY.test(path))
  const isOther = await Promise.all([...committed].map(([path, entry]) => differs(join(root, path), entry)))
  const others = [...committed.keys()].filter((_, index) => isOther[index])
  return [...others, ...strange.map(({ path }) => path)].sort()
}

async function differs(file: string, { mode, id }: TreeEntry): Promise<boolean> {
  const stats = await lstat(file).catch(() => undefined)
  if (mode === MODES.link)
    return !stats?.isSymbolicLink() || nameContent(await readlink(file, 'buffer'), id.length) !== id
  return !stats?.isFile() || nameContent(await readFile(file), id.length) !== id
}

/** What systems and installers leave in folders, where nobody reads it: Helm renders whatever lies in a chart's `templates`. */
const OF_NOBODY =
  /^(environments|bin|tools\/[^/]+)\/node_modules(\/|$)|^(?!charts\/.*\/templates\/)(.*\/)?\.DS_Store$/

const absent = {
  code: 'SOURCE_ABSENT',
  severity: 'error',
  at: { file: '.git' },
  found: 'there is no commit here yet',
  wanted: 'sources that are committed: the record of a release names the commit',
  next: 'git add --all && git commit',
} as const
