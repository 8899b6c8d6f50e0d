import { execaGit } from '@opencore/delivery'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Seen } from './row.ts'

/** The heads of a repository by their whole names, asked with this machine's own credentials. */
export async function readRefs(git: string): Promise<Seen<ReadonlyMap<string, string>>> {
  const seen = await ask(['ls-remote', '--heads', '--', git])
  if ('hidden' in seen) return seen
  const lines = seen.value.split('\n').filter((line) => line !== '')
  return { value: new Map(lines.map((line) => line.split('\t').reverse() as [string, string])) }
}

/** The folders of a ref, which are the releases that were promoted to an environment; only its newest commit is fetched. */
export async function readFolders(git: string, ref: string): Promise<Seen<readonly string[]>> {
  const folder = await mkdtemp(join(tmpdir(), 'opencore-ref-'))
  try {
    const inside = ['--git-dir', folder]
    for (const args of [
      ['init', '--quiet', '--bare', folder],
      [...inside, 'fetch', '--quiet', '--depth=1', '--no-tags', '--', git, `refs/heads/${ref}`],
    ]) {
      const seen = await ask(args)
      if ('hidden' in seen) return seen
    }
    const listed = await ask([...inside, 'ls-tree', '-d', '--name-only', '-z', 'FETCH_HEAD'])
    return 'hidden' in listed ? listed : { value: listed.value.split('\0').filter(Boolean) }
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

/** Nobody is there to type a password. */
async function ask(args: readonly string[]): Promise<Seen<string>> {
  const { exitCode, stdout, stderr } = await execaGit('git', args, {
    env: { GIT_TERMINAL_PROMPT: '0', GIT_SSH_COMMAND: 'ssh -o BatchMode=yes', LC_ALL: 'C' },
    reject: false,
    stdin: 'ignore',
    timeout: 60_000,
  })
  if (exitCode === 0) return { value: stdout }
  return { hidden: `git says: ${stderr.trim().split('\n').at(-1) ?? 'nothing'}` }
}
