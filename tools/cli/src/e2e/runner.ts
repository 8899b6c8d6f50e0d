import { execa } from 'execa'
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect } from 'vitest'
import { copyWorkspace } from './copy-workspace.ts'
import { ARTIFACTS, openJob, startNext, type Job } from './job.ts'
import { makeGithub, repository } from './github.ts'
import { root } from './opencore.ts'

/** A runner of GitHub's: a checkout, a repository in GitHub's place, and answers in place of GitHub's. */
export interface Runner {
  /** Of the checkout. */
  folder: string
  scratch: string
  /** The bare repository in GitHub's place. */
  github: string
  /** Variables of every step; a test adds what its workflow has. */
  env: Record<string, string>
  git: (...args: string[]) => Promise<string>
  onGithub: (...args: string[]) => Promise<string>
  /** What a person changes, and somebody merges. */
  merge: (file: string, change: (text: string) => string) => Promise<void>
  runStep: Job['runStep']
  /** A job that comes after: a new checkout of every branch, and of what was before only what is handed over. */
  nextJob: () => Promise<Job>
  /** As `actions/checkout` and `prepare` leave it: every branch of GitHub, and nothing of an earlier run. */
  checkOut: () => Promise<void>
  /** What `gh` was told since then. */
  said: () => Promise<string>
  close: () => Promise<void>
}

export async function startRunner(): Promise<Runner> {
  const workspace = await copyWorkspace()
  const { folder } = workspace
  await cp(join(root, 'charts.lock'), join(folder, 'charts.lock'))
  const scratch = await mkdtemp(join(tmpdir(), 'opencore-workflows-'))
  const github = join(scratch, 'github.git')
  const env = await makeGithub(scratch, github)
  const git = async (...args: string[]) => (await execa('git', args, { cwd: folder, env })).stdout
  const commit = async () => {
    await execa('npx', ['opencore', 'generate'], { cwd: folder, env })
    await git('add', 'environments', 'argocd', 'charts', 'charts.lock', '.github')
    const author = ['-c', 'user.name=tester', '-c', 'user.email=tester@localhost']
    await git(...author, 'commit', '--quiet', '--message', 'merged')
    await git('push', '--quiet', `https://github.com/${repository}`, 'main')
  }
  const edit = async (file: string, change: (text: string) => string) => {
    const path = join(folder, file)
    await writeFile(path, change(await readFile(path, 'utf8')))
  }
  env['SIGNING_KEY'] = await makeKey(env, (key) =>
    edit('environments/tiers/production.ts', (text) =>
      text.replace(/signingKeys: .*/, `signingKeys: ['${key}'],`),
    ),
  )
  await execa('git', ['init', '--quiet', '--bare', '--initial-branch=main', github])
  await git('remote', 'add', 'origin', `https://github.com/${repository}`)
  await commit()
  const { runStep } = openJob({ folder, temp: scratch, env })
  return {
    ...{ folder, scratch, github, env, git, runStep },
    onGithub: async (...args) => (await execa('git', args, { cwd: github, env })).stdout,
    merge: async (file, change) => {
      await edit(file, change)
      await commit()
    },
    nextJob: () => startNext(scratch, env),
    checkOut: async () => {
      for (const made of ['origin.git', ...ARTIFACTS])
        await rm(join(scratch, made), { recursive: true, force: true })
      await git('clean', '-fdq')
      const seen = await git('for-each-ref', '--format=delete %(refname)', 'refs/opencore')
      await execa('git', ['update-ref', '--stdin'], { cwd: folder, env, input: `${seen}\n`.trimStart() })
      await git('remote', 'set-url', 'origin', `https://github.com/${repository}`)
      await git('fetch', '--quiet', '--prune', 'origin', '+refs/heads/*:refs/remotes/origin/*')
      await rm(join(scratch, 'said'), { force: true })
      expect(await runStep('actions/prepare/action.yaml', 'an origin of its own')).toMatchObject({
        exitCode: 0,
      })
    },
    said: () => readFile(join(scratch, 'said'), 'utf8'),
    close: async () => {
      await execa('gpgconf', ['--kill', 'gpg-agent'], { env })
      await workspace.remove()
      await rm(scratch, { recursive: true, force: true })
    },
  }
}

/** The tier's key, which the environment of GitHub keeps, and nobody else; gives its secret half. */
async function makeKey(env: Record<string, string>, trust: (key: string) => Promise<void>): Promise<string> {
  const make = ['--batch', '--passphrase', '', '--quick-generate-key', 'promoter', 'ed25519', 'sign', 'never']
  await execa('gpg', make, { env })
  const { stdout } = await execa('gpg', ['--with-colons', '--list-keys'], { env })
  await trust(/^pub:(?:[^:]*:){3}([0-9A-F]{16}):/m.exec(stdout)?.[1] ?? '')
  return (await execa('gpg', ['--armor', '--export-secret-keys'], { env })).stdout
}
