import { execa } from 'execa'
import { existsSync } from 'node:fs'
import { mkdir } from 'node:fs/promises'
import type { Layout } from './layout.ts'
import { layOut } from './layout.ts'

/** One file of a localised tree: its path from the tree's root with `/`, and its text. */
export interface TreeFile {
  path: string
  text: string
}

/**
 * Commit each environment's tree to its own ref, `env/<environment>`, in the platform's bare repository, as a child
 * of what is there. The tree replaces the old one whole. An equal tree makes no commit.
 * Only that repository is touched: no index, ref or configuration of the user.
 * Returns the commit that each environment's ref now points to.
 */
export async function publishTree(
  folder: string,
  trees: Readonly<Record<string, readonly TreeFile[]>>,
): Promise<Record<string, string>> {
  const layout = layOut(folder)
  await ensureRepository(layout)
  const commits = await Promise.all(
    Object.entries(trees).map(async ([environment, files]) => [
      environment,
      await publish(layout, environment, files),
    ]),
  )
  return Object.fromEntries(commits) as Record<string, string>
}

async function publish(layout: Layout, environment: string, files: readonly TreeFile[]): Promise<string> {
  const git = gitIn(layout)
  const target = `refs/heads/env/${environment}`
  const draft = `refs/opencore/draft/${environment}`
  const parent = await resolve(layout, target)
  await git(['fast-import', '--quiet', '--force'], formatImport({ ref: draft, parent, environment, files }))
  const [oldTree, newTree] = [
    parent && (await resolve(layout, `${target}^{tree}`)),
    await resolve(layout, `${draft}^{tree}`),
  ]
  const commit = (await resolve(layout, oldTree === newTree ? target : draft)) ?? ''
  await git(['update-ref', target, commit, ...(parent === undefined ? [] : [parent])])
  await git(['update-ref', '-d', draft])
  return commit
}

interface Import {
  ref: string
  parent: string | undefined
  environment: string
  files: readonly TreeFile[]
}

/** One commit in the language of git-fast-import(1): sizes count bytes, and a path in quotes may hold anything. */
export function formatImport({ ref, parent, environment, files }: Import): Buffer {
  const seconds = Math.floor(Date.now() / 1000)
  const head = [
    `commit ${ref}`,
    `committer opencore <opencore@localhost> ${seconds} +0000`,
    data(`opencore up: ${environment}`),
    ...(parent === undefined ? [] : [`from ${parent}`]),
    'deleteall',
  ]
  const entries = files.map(({ path, text }) => `M 100644 inline ${JSON.stringify(path)}\n${data(text)}`)
  return Buffer.from(`${[...head, ...entries].join('\n')}\n`)
}

const data = (text: string) => `data ${Buffer.byteLength(text)}\n${text}`

async function ensureRepository(layout: Layout): Promise<void> {
  if (existsSync(layout.repository)) return
  await mkdir(layout.data, { recursive: true, mode: 0o700 })
  await runGit(['init', '--quiet', '--bare', '--initial-branch=main', layout.repository])
}

async function resolve(layout: Layout, revision: string): Promise<string | undefined> {
  const { stdout, exitCode } = await execa(
    'git',
    ['--git-dir', layout.repository, 'rev-parse', '--verify', '--quiet', revision],
    { ...GIT, reject: false },
  )
  return exitCode === 0 ? stdout : undefined
}

const gitIn = (layout: Layout) => (args: string[], input?: Buffer) =>
  runGit(['--git-dir', layout.repository, ...args], input)

async function runGit(args: string[], input?: Buffer): Promise<void> {
  await execa('git', args, { ...GIT, ...(input && { input }) })
}

/** Neither the user's configuration nor a repository that the working folder belongs to has a say. */
const GIT = {
  env: {
    GIT_CONFIG_GLOBAL: '/dev/null',
    GIT_CONFIG_NOSYSTEM: '1',
    GIT_DIR: undefined,
    GIT_INDEX_FILE: undefined,
  },
}
