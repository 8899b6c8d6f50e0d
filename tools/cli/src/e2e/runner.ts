import { execa } from 'execa'
import { chmod, cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect } from 'vitest'
import { parse } from 'yaml'
import { copyWorkspace } from './copy-workspace.ts'
import { root } from './opencore.ts'

/** Of GitHub's, which is a folder here. */
export const repository = 'bank/platform'

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
  /** A step of a workflow or an action, by its name or its id, as a runner of GitHub's runs it. */
  runStep: (file: string, name: string) => Promise<{ exitCode?: number; output: string }>
  /** As `actions/checkout` and `prepare` leave it: every branch of GitHub, and nothing of an earlier run. */
  checkOut: () => Promise<void>
  /** What `gh` was told since then. */
  said: () => Promise<string>
  close: () => Promise<void>
}

interface Step {
  name?: string
  id?: string
  run?: string
}

export async function startRunner(): Promise<Runner> {
  const workspace = await copyWorkspace()
  const { folder } = workspace
  await cp(join(root, 'charts.lock'), join(folder, 'charts.lock'))
  const scratch = await mkdtemp(join(tmpdir(), 'opencore-workflows-'))
  const github = join(scratch, 'github.git')
  const env = await makeVariables(scratch, github)
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
  const runStep = async (file: string, name: string) => {
    const script = await readStep(file, name)
    const bash = ['--noprofile', '--norc', '-eo', 'pipefail', '-c', script]
    const { exitCode, all } = await execa('bash', bash, { cwd: folder, env, all: true, reject: false })
    return { ...(exitCode !== undefined && { exitCode }), output: all }
  }
  return {
    ...{ folder, scratch, github, env, git, runStep },
    onGithub: async (...args) => (await execa('git', args, { cwd: github, env })).stdout,
    merge: async (file, change) => {
      await edit(file, change)
      await commit()
    },
    checkOut: async () => {
      await rm(join(scratch, 'origin.git'), { recursive: true, force: true })
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

/** git finds a folder where GitHub is, and `gh` says what the test has put down, and notes what it was told. */
async function makeVariables(scratch: string, github: string): Promise<Record<string, string>> {
  const config = `[url "${github}"]\n  insteadOf = https://github.com/${repository}\n`
  await writeFile(join(scratch, 'gitconfig'), config)
  await mkdir(join(scratch, 'bin'))
  await mkdir(join(scratch, 'gnupg'), { mode: 0o700 })
  const gh = `#!/bin/bash
echo "$@" >> '${scratch}/said'
case "$1 $2 $*" in
  'pr view'*) cat '${scratch}/pull.json' ;;
  'pr list'*--jq*) jq --raw-output --arg head "$6" '.[] | select(.headRefName == $head) | .number' \\
    '${scratch}/pulls.json' 2> /dev/null || true ;;
  'pr list'*) cat '${scratch}/pulls.json' 2> /dev/null || echo '[]' ;;
  api*commits*) echo "$ASKED_BY" ;;
  api*--paginate*comments*) cat '${scratch}/comment' ;;
  api*reviews*) cat '${scratch}/reviews.json' ;;
  api*collaborators/approver/permission*) echo write ;;
  api*collaborators/*/permission*) echo read ;;
esac
`
  await writeFile(join(scratch, 'bin/gh'), gh)
  await chmod(join(scratch, 'bin/gh'), 0o755)
  return {
    PATH: `${join(scratch, 'bin')}:${join(root, 'node_modules/.bin')}:${process.env['PATH'] ?? ''}`,
    GNUPGHOME: join(scratch, 'gnupg'),
    GIT_CONFIG_GLOBAL: join(scratch, 'gitconfig'),
    RUNNER_TEMP: scratch,
    GITHUB_OUTPUT: join(scratch, 'output'),
    GITHUB_ACTOR: 'requester',
    GITHUB_REPOSITORY: repository,
    GITHUB_REPOSITORY_OWNER: 'Bank',
    GH_REPO: repository,
    NUMBER: '7',
    ASKED_BY: 'requester',
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

async function readStep(file: string, name: string): Promise<string> {
  const read = parse(await readFile(join(root, '.github', file), 'utf8')) as {
    runs?: { steps: Step[] }
    jobs?: Record<string, { steps: Step[] }>
  }
  const steps = [...(read.runs?.steps ?? []), ...Object.values(read.jobs ?? {}).flatMap((job) => job.steps)]
  const script = steps.find((step) => step.name === name || step.id === name)?.run
  if (script === undefined) throw new Error(`${file} has no step ${name} that runs`)
  return script
}
