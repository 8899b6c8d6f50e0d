import { execa } from 'execa'
import type { Seen } from './row.ts'

/** The heads of a repository by their whole names, asked with this machine's own credentials. */
export async function readRefs(git: string): Promise<Seen<ReadonlyMap<string, string>>> {
  const { exitCode, stdout, stderr } = await execa('git', ['ls-remote', '--heads', '--', git], {
    env: { GIT_TERMINAL_PROMPT: '0', GIT_SSH_COMMAND: 'ssh -o BatchMode=yes', LC_ALL: 'C' },
    reject: false,
    stdin: 'ignore',
    timeout: 60_000,
  })
  if (exitCode !== 0) return { hidden: `git says: ${stderr.trim().split('\n').at(-1) ?? 'nothing'}` }
  const lines = stdout.split('\n').filter((line) => line !== '')
  return { value: new Map(lines.map((line) => line.split('\t').reverse() as [string, string])) }
}
