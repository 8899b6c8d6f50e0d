import { execa } from 'execa'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { makeGithub } from './github.ts'
import { startNext, type Job } from './job.ts'

/** A repository in GitHub's place with a few files, for steps that run nothing of the platform's. */
export interface SmallGithub {
  scratch: string
  env: Record<string, string>
  git: (...args: string[]) => Promise<string>
  /** A commit with these files alone: `<mode> <path>` and what is in it. */
  commit: (files: Readonly<Record<string, string>>, message: string, parent?: string) => Promise<string>
  nextJob: () => Promise<Job>
  close: () => Promise<void>
}

export async function startSmallGithub(): Promise<SmallGithub> {
  const scratch = await mkdtemp(join(tmpdir(), 'opencore-github-'))
  const github = join(scratch, 'github.git')
  const env = await makeGithub(scratch, github)
  await execa('git', ['init', '--quiet', '--bare', '--initial-branch=main', github])
  const ask = async (input: string, ...args: string[]) =>
    (await execa('git', args, { cwd: github, env, input })).stdout
  return {
    ...{ scratch, env },
    git: (...args) => ask('', ...args),
    commit: async (files, message, parent) => {
      const lines = Object.entries(files).map(async ([at, text]) => {
        const [mode, path] = [at.slice(0, 6), at.slice(7)]
        return `${mode} ${await ask(text, 'hash-object', '-w', '--stdin')}\t${path}\n`
      })
      const index = { ...env, GIT_INDEX_FILE: join(scratch, 'index') }
      await rm(index.GIT_INDEX_FILE, { force: true })
      const input = (await Promise.all(lines)).join('')
      await execa('git', ['update-index', '--index-info'], { cwd: github, env: index, input })
      const tree = (await execa('git', ['write-tree'], { cwd: github, env: index })).stdout
      const author = ['-c', 'user.name=requester', '-c', 'user.email=requester@localhost']
      const onto = parent === undefined ? [] : ['-p', parent]
      return ask(message, ...author, 'commit-tree', tree, ...onto)
    },
    nextJob: () => startNext(scratch, env),
    close: () => rm(scratch, { recursive: true, force: true }),
  }
}
