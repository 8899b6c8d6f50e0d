import { ensureCommand } from '@opencore/servers'
import { execa } from 'execa'
import { chmod, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { copyWorkspace } from './copy-workspace.ts'
import { hasGnupg, root } from './opencore.ts'

// What the workflows of a promotion do, by their own lines: with real git, a repository in GitHub's place, and answers in
// place of GitHub's, which cannot be had here.

const lack = (hasGnupg ? undefined : 'needs gnupg') ?? (await ensureCommand({ command: 'jq', package: 'jq' }))
const repository = 'bank/platform'
const environment = 'prod-eu-west-1'

let workspace: Awaited<ReturnType<typeof copyWorkspace>>
let scratch = ''
let github = ''
let secret = ''
let env: Record<string, string> = {}

beforeAll(async () => {
  if (lack !== undefined) return
  workspace = await copyWorkspace()
  scratch = await mkdtemp(join(tmpdir(), 'opencore-workflows-'))
  github = join(scratch, 'github.git')
  await writeEnvironment()
  await makeKey()
  await execa('git', ['init', '--quiet', '--bare', '--initial-branch=main', github])
  await git('remote', 'add', 'origin', `https://github.com/${repository}`)
  await commit()
})
afterAll(async () => {
  if (lack !== undefined) return
  await execa('gpgconf', ['--kill', 'gpg-agent'], { env })
  await workspace.remove()
  await rm(scratch, { recursive: true, force: true })
})

/** A runner's: git finds a folder where GitHub is, and `gh` says what the test has put down, and notes what it was told. */
async function writeEnvironment(): Promise<void> {
  const config = `[url "${github}"]\n  insteadOf = https://github.com/${repository}\n`
  await writeFile(join(scratch, 'gitconfig'), config)
  await mkdir(join(scratch, 'bin'))
  await mkdir(join(scratch, 'gnupg'), { mode: 0o700 })
  const gh = `#!/bin/bash
echo "$@" >> '${scratch}/said'
case "$1 $2" in
  'pr view') cat '${scratch}/pull.json' ;;
  'pr list') [[ $* != *env/* ]] || echo 6 ;;
  api*commits*) echo "$ASKED_BY" ;;
  api*) cat '${scratch}/reviews.json' ;;
esac
`
  await writeFile(join(scratch, 'bin/gh'), gh)
  await chmod(join(scratch, 'bin/gh'), 0o755)
  env = {
    PATH: `${join(scratch, 'bin')}:${join(root, 'node_modules/.bin')}:${process.env['PATH'] ?? ''}`,
    GNUPGHOME: join(scratch, 'gnupg'),
    GIT_CONFIG_GLOBAL: join(scratch, 'gitconfig'),
    RUNNER_TEMP: scratch,
    GITHUB_ACTOR: 'requester',
    GITHUB_REPOSITORY: repository,
    GH_REPO: repository,
    ENVIRONMENT: environment,
    RELEASES: '',
    SKIP: '',
    NUMBER: '7',
    ASKED_BY: 'requester',
  }
}

/** The tier's key, which the environment of GitHub keeps, and nobody else. */
async function makeKey(): Promise<void> {
  const make = ['--batch', '--passphrase', '', '--quick-generate-key', 'promoter', 'ed25519', 'sign', 'never']
  await execa('gpg', make, { env })
  secret = (await execa('gpg', ['--armor', '--export-secret-keys'], { env })).stdout
  const { stdout } = await execa('gpg', ['--with-colons', '--list-keys'], { env })
  const key = /^pub:(?:[^:]*:){3}([0-9A-F]{16}):/m.exec(stdout)?.[1] ?? ''
  const file = join(workspace.folder, 'environments/tiers/production.ts')
  await writeFile(file, (await readFile(file, 'utf8')).replace(/signingKeys: .*/, `signingKeys: ['${key}'],`))
}

const git = async (...args: string[]) => (await execa('git', args, { cwd: workspace.folder, env })).stdout
const onGithub = async (...args: string[]) => (await execa('git', args, { cwd: github, env })).stdout

async function commit(): Promise<void> {
  await execa('npx', ['opencore', 'generate'], { cwd: workspace.folder, env })
  await git('add', '--all')
  const author = ['-c', 'user.name=tester', '-c', 'user.email=tester@localhost']
  await git(...author, 'commit', '--quiet', '--message', 'merged')
  await git('push', '--quiet', `https://github.com/${repository}`, 'main')
}

interface Step {
  name?: string
  id?: string
  run?: string
}

/** A step of a workflow or an action, as a runner of GitHub's runs it. */
async function runStep(file: string, name: string): Promise<{ exitCode?: number; output: string }> {
  const read = parse(await readFile(join(root, '.github', file), 'utf8')) as {
    runs?: { steps: Step[] }
    jobs?: Record<string, { steps: Step[] }>
  }
  const steps = [...(read.runs?.steps ?? []), ...Object.values(read.jobs ?? {}).flatMap((job) => job.steps)]
  const script = steps.find((step) => step.name === name)?.run
  if (script === undefined) throw new Error(`${file} has no step ${name} that runs`)
  const { exitCode, all } = await execa('bash', ['--noprofile', '--norc', '-eo', 'pipefail', '-c', script], {
    ...{ cwd: workspace.folder, env: { ...env, SIGNING_KEY: secret }, all: true, reject: false },
  })
  return { ...(exitCode !== undefined && { exitCode }), output: all }
}

/** As `actions/checkout` leaves it: every branch of GitHub, and nothing of an earlier run. */
async function checkOut(): Promise<void> {
  await rm(join(scratch, 'origin.git'), { recursive: true, force: true })
  await rm(join(workspace.folder, 'land'), { recursive: true, force: true })
  await git('remote', 'set-url', 'origin', `https://github.com/${repository}`)
  await git('fetch', '--quiet', '--prune', 'origin', '+refs/heads/*:refs/remotes/origin/*')
  await rm(join(scratch, 'said'), { force: true })
  expect(await runStep('actions/prepare/action.yaml', 'an origin of its own')).toMatchObject({ exitCode: 0 })
}

/** A ref's first commit is promoted by hand: the workflow has nothing to propose onto. */
async function promoteFirst(): Promise<void> {
  env['SKIP'] = 'the first one'
  const proposed = await runStep('workflows/promotion.yaml', 'promote, to the origin on this machine')
  expect(proposed.exitCode).toBe(1)
  expect(proposed.output).toContain('[PULL_REQUEST_BASE]')
  const byHand = ['opencore', 'promote', environment, '--allow-skip', 'the first one']
  await execa('npx', byHand, { cwd: workspace.folder, env })
}

async function propose(): Promise<void> {
  await checkOut()
  const promoted = await runStep('workflows/promotion.yaml', 'promote, to the origin on this machine')
  expect(promoted.exitCode, promoted.output).toBe(0)
  const proposed = await runStep('workflows/promotion.yaml', 'propose')
  expect(proposed.exitCode, proposed.output).toBe(0)
  proposal = await onGithub(
    'for-each-ref',
    '--format=%(refname:short)',
    `refs/heads/promotion/${environment}/`,
  )
}

const said = () => readFile(join(scratch, 'said'), 'utf8')
const ref = `env/${environment}`
/** The branch that was proposed last. */
let proposal = ''

/** Answers of GitHub about the pull request, and its reviews. */
async function answer(pull: object, reviews: readonly object[]): Promise<string> {
  const head = await onGithub('rev-parse', proposal)
  const usual = { headRefName: proposal, headRefOid: head, baseRefName: ref, isCrossRepository: false }
  await writeFile(
    join(scratch, 'pull.json'),
    JSON.stringify({ ...usual, reviewDecision: 'APPROVED', ...pull }),
  )
  const approved = reviews.map((review) => ({ state: 'APPROVED', commit_id: head, ...review }))
  await writeFile(join(scratch, 'reviews.json'), JSON.stringify(approved))
  return head
}

describe.skipIf(lack !== undefined)('a promotion on GitHub', () => {
  it('is proposed with the signed commit, and changes nothing before it is approved', async () => {
    await checkOut()
    await promoteFirst()
    const first = join(scratch, 'origin.git')
    await execa('git', ['push', '--quiet', github, ref, 'hub/production'], { cwd: first, env })
    const before = await onGithub('rev-parse', ref)

    const file = join(workspace.folder, 'environments/services/cards.ts')
    const text = await readFile(file, 'utf8')
    await writeFile(
      file,
      text.replace(/\n {2}values: \{(?:\n {4}env: .*)?/, `\n  values: {\n    env: { CARDS_PAGES: '7' },`),
    )
    await commit()
    env['RELEASES'] = 'cards'
    env['SKIP'] = 'found in production'
    await propose()
    expect(await onGithub('rev-parse', ref)).toBe(before)
    expect(await onGithub('rev-parse', `${proposal}^`)).toBe(before)
    expect(proposal).toBe(`promotion/${environment}/${(await onGithub('rev-parse', proposal)).slice(0, 12)}`)
    expect(await said()).toContain(`pr close 6 --delete-branch --comment ${proposal} takes its place.`)
    expect(await onGithub('log', '-1', '--format=%an %G?', proposal)).toMatch(/^requester [GU]$/)
    expect(await said()).toContain(
      `pr create --head ${proposal} --base ${ref} --title promote ${environment}: cards --body-file`,
    )
    expect(await readFile(join(scratch, 'body.md'), 'utf8')).toContain('CARDS_PAGES')
  })

  const otherwise = { user: { login: 'approver' } }

  it.each([
    [
      'nobody approved',
      { reviewDecision: 'REVIEW_REQUIRED' },
      [],
      `it is not approved, or no rule of ${ref} asks for an approval`,
    ],
    [
      'no rule asks for an approval',
      { reviewDecision: '' },
      [otherwise],
      `it is not approved, or no rule of ${ref} asks for an approval`,
    ],
    [
      'its requester alone approved',
      {},
      [{ user: { login: 'requester' } }],
      'nobody but requester approved commit HEAD',
    ],
    [
      'an earlier commit was approved',
      {},
      [{ ...otherwise, commit_id: '0000' }],
      'nobody but requester approved commit HEAD',
    ],
    [
      'it is for another ref',
      { baseRefName: 'main' },
      [otherwise],
      'this is no promotion; the workflow of this name proposes one',
    ],
    [
      'it is from a fork',
      { isCrossRepository: true },
      [otherwise],
      'this is no promotion; the workflow of this name proposes one',
    ],
  ])('does not land where %s', async (_, pull, reviews, reason) => {
    await checkOut()
    const before = await onGithub('rev-parse', ref)
    const head = await answer(pull, reviews)
    expect(await runStep('workflows/land.yaml', 'land')).toMatchObject({ exitCode: 1 })
    expect(await said()).toContain(`pr comment 7 --body Not landed: ${reason.replace('HEAD', head)}.`)
    expect(await onGithub('rev-parse', ref)).toBe(before)
  })

  it('lands as it was signed, once another one approved it', async () => {
    await checkOut()
    const head = await answer({}, [otherwise])
    const landed = await runStep('workflows/land.yaml', 'land')
    expect(landed.exitCode, landed.output).toBe(0)
    expect(await onGithub('rev-parse', ref)).toBe(head)
  })

  it('does not land where its ref has moved since', async () => {
    await checkOut()
    await answer({}, [otherwise])
    const tree = await onGithub('rev-parse', `${ref}^{tree}`)
    const author = ['-c', 'user.name=tester', '-c', 'user.email=tester@localhost']
    const other = await onGithub(...author, 'commit-tree', tree, '-p', `${ref}^`, '-m', 'other')
    await onGithub('update-ref', `refs/heads/${ref}`, other)
    expect(await runStep('workflows/land.yaml', 'land')).toMatchObject({ exitCode: 1 })
    expect(await said()).toContain(`Not landed: ${ref} has moved since; run the workflow promotion again.`)
    expect(await onGithub('rev-parse', ref)).toBe(other)
  })
})

describe.skipIf(lack !== undefined)('set-image for the repository of a service', () => {
  it('proposes the file of the service and what is generated from it, and nothing twice', async () => {
    await checkOut()
    const image = `9.9.9@sha256:${'9f86d081'.repeat(8)}`
    Object.assign(env, { REPOSITORY: repository, SERVICE: 'cards', IMAGE: image })
    const setAndPropose = async () => {
      for (const name of ['set the image', 'propose']) {
        const { exitCode, output } = await runStep('workflows/set-image.yaml', name)
        expect(exitCode, output).toBe(0)
      }
    }
    await setAndPropose()
    const changed = (await onGithub('diff', '--name-only', 'main', 'image/cards')).split('\n')
    expect(changed).toContain('environments/images/cards.yaml')
    expect(changed).toContain('argocd/dev/values/cards.yaml')
    expect(await said()).toContain(
      `pr create --repo ${repository} --head image/cards --base main --title cards: 9.9.9`,
    )
    await rm(join(scratch, 'said'))
    await setAndPropose()
    await expect(said()).rejects.toThrow('ENOENT')
  })
})
