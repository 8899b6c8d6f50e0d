import { execa } from 'execa'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** Folders that decide what is rendered. */
const sources = ['charts', 'argocd', 'environments']

/** The commit of a checkout, as a record says it: with `-changed` where what is rendered differs from it. */
export async function describeSource(root: string): Promise<string> {
  const { stdout: commit } = await execa('git', ['rev-parse', 'HEAD'], { cwd: root })
  return (await listChanged(root)).length === 0 ? commit : `${commit}-changed`
}

/**
 * Files of the sources that differ from the commit that is checked out. Those count as well that git ignores, and those that it
 * was told not to look at: what is rendered has them, and the commit has not.
 */
export async function listChanged(root: string): Promise<string[]> {
  const listed = await execa('git', ['ls-files', '-v', '-z', '--', ...sources], { cwd: root })
  const isHidden = listed.stdout.split('\0').some((line) => line !== '' && !line.startsWith('H '))
  if (!isHidden) return readStatus(root)
  const scratch = await mkdtemp(join(tmpdir(), 'opencore-index-'))
  try {
    // An index of its own, without what the person's says of files that are not to be looked at.
    const env = { GIT_INDEX_FILE: join(scratch, 'index') }
    await execa('git', ['-c', 'core.sparseCheckout=false', 'read-tree', 'HEAD'], { cwd: root, env })
    return await readStatus(root, env)
  } finally {
    await rm(scratch, { recursive: true, force: true })
  }
}

async function readStatus(root: string, env: Record<string, string> = {}): Promise<string[]> {
  const what = ['--porcelain', '-z', '--no-renames', '--untracked-files=all', '--ignored=matching']
  const { stdout } = await execa('git', ['status', ...what, '--', ...sources], { cwd: root, env })
  const paths = stdout.split('\0').filter(Boolean)
  return paths.map((line) => line.slice(3)).filter((path) => !OF_NOBODY.test(path))
}

/** What systems and installers leave in folders, and no chart and no model reads. */
const OF_NOBODY = /(^|\/)(\.DS_Store|node_modules\/?)$/
