import { ensureCommand } from '@opencore/servers'
import { execa } from 'execa'
import { readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { hasGnupg } from './opencore.ts'
import { repository } from './github.ts'
import type { Job } from './job.ts'
import { startRunner, type Runner } from './runner.ts'

// What the workflows of a promotion do, by their own lines: with real git, a repository in GitHub's place, and answers in
// place of GitHub's, which cannot be had here.

const lack = (hasGnupg ? undefined : 'needs gnupg') ?? (await ensureCommand({ command: 'jq', package: 'jq' }))
const environment = 'prod-eu-west-1'

let runner: Runner

beforeAll(async () => {
  if (lack !== undefined) return
  runner = await startRunner()
  Object.assign(runner.env, { ENVIRONMENT: environment, PROPOSED: 'true', RELEASES: '', FROM: '', SKIP: '' })
  runner.env['PUBLIC_KEYS'] = await publicHalf('promoter')
  const make = ['--batch', '--passphrase', '', '--quick-generate-key', 'foreign', 'ed25519', 'sign', 'never']
  await execa('gpg', make, { env: runner.env })
})
afterAll(async () => {
  if (lack === undefined) await runner.close()
})

const onGithub = (...args: string[]) => runner.onGithub(...args)
const runStep = (file: string, name: string) => runner.runStep(file, name)
const said = () => runner.said()

/** By name, of the keys that this test has. */
const publicHalf = async (name: string) =>
  (await execa('gpg', ['--armor', '--export', name], { env: runner.env })).stdout

/** The commit with another title under its old signature. */
async function tamper(commit: string): Promise<string> {
  const input = (await onGithub('cat-file', 'commit', commit)).replace(/^promote$/m, 'tampered')
  const args = ['hash-object', '-t', 'commit', '-w', '--stdin']
  return (await execa('git', args, { cwd: runner.github, env: runner.env, input: `${input}\n` })).stdout
}

/** What the workflow says without public keys, in a new checkout. */
async function landWithout(): Promise<string> {
  await checkOut()
  const whole = runner.env['PUBLIC_KEYS'] ?? ''
  runner.env['PUBLIC_KEYS'] = ''
  const landed = await runStep('workflows/land.yaml', 'land')
  runner.env['PUBLIC_KEYS'] = whole
  expect(landed.exitCode, landed.output).toBe(1)
  return said()
}

async function checkOut(): Promise<void> {
  await rm(join(runner.folder, 'land'), { recursive: true, force: true })
  await runner.checkOut()
}

/** A ref's first commit is promoted by hand: the workflow has nothing to propose onto. */
async function promoteFirst(): Promise<void> {
  runner.env['SKIP'] = 'the first one'
  const proposed = await runStep('workflows/promotion.yaml', 'promote, to the origin on this machine')
  expect(proposed.exitCode).toBe(1)
  expect(proposed.output).toContain('[PULL_REQUEST_BASE]')
  const byHand = ['opencore', 'promote', environment, '--allow-skip', 'the first one']
  await execa('npx', byHand, { cwd: runner.folder, env: runner.env })
}

async function ok({ runStep }: Pick<Job, 'runStep'>, file: string, name: string): Promise<string> {
  const { exitCode, output } = await runStep(file, name)
  expect(exitCode, output).toBe(0)
  return output
}

async function propose(): Promise<void> {
  await checkOut()
  const promoted = await runStep('workflows/promotion.yaml', 'promote, to the origin on this machine')
  expect(promoted.exitCode, promoted.output).toBe(0)
  await ok(runner, 'workflows/promotion.yaml', 'hand over')
  job = await runner.nextJob()
  await ok(job, 'actions/receive/action.yaml', 'receive')
  await ok(job, 'workflows/promotion.yaml', 'propose')
  proposal = await onGithub(
    'for-each-ref',
    '--format=%(refname:short)',
    `refs/heads/promotion/${environment}/`,
  )
}

const ref = `env/${environment}`
/** That proposed last. */
let job: Job
/** The branch that was proposed last. */
let proposal = ''

/** Answers of GitHub about the pull request, and its reviews. */
async function answer(pull: object, reviews: readonly object[]): Promise<string> {
  const head = await onGithub('rev-parse', proposal)
  const usual = { headRefName: proposal, headRefOid: head, baseRefName: ref, isCrossRepository: false }
  await writeFile(
    join(runner.scratch, 'pull.json'),
    JSON.stringify({ ...usual, reviewDecision: 'APPROVED', ...pull }),
  )
  const approved = reviews.map((review) => ({ state: 'APPROVED', commit_id: head, ...review }))
  await writeFile(join(runner.scratch, 'reviews.json'), JSON.stringify(approved))
  return head
}

describe.skipIf(lack !== undefined)('a promotion on GitHub', () => {
  it('is proposed with the signed commit, and changes nothing before it is approved', async () => {
    await checkOut()
    await promoteFirst()
    const first = join(runner.scratch, 'origin.git')
    await execa('git', ['push', '--quiet', runner.github, ref, 'hub/production'], {
      cwd: first,
      env: runner.env,
    })
    const before = await onGithub('rev-parse', ref)

    await runner.merge('environments/services/cards.ts', (text) =>
      text.replace(/\n {2}values: \{(?:\n {4}env: .*)?/, `\n  values: {\n    env: { CARDS_PAGES: '7' },`),
    )
    runner.env['RELEASES'] = 'cards'
    runner.env['SKIP'] = 'found in production'
    const pulls = [`promotion/${environment}/0`, 'promotion/another/0'].map((headRefName, index) => {
      return { number: 6 - index, headRefName, title: '' }
    })
    await writeFile(join(runner.scratch, 'pulls.json'), JSON.stringify(pulls))
    await propose()
    expect(await onGithub('rev-parse', ref)).toBe(before)
    expect(await onGithub('rev-parse', `${proposal}^`)).toBe(before)
    expect(proposal).toBe(`promotion/${environment}/${(await onGithub('rev-parse', proposal)).slice(0, 12)}`)
    expect(await said()).toContain(`pr close 6 --delete-branch --comment ${proposal} takes its place.`)
    expect(await said()).not.toContain('pr close 5 ')
    // Where it cannot be proposed, what was proposed before stays.
    expect(await said()).toMatch(/^pr create [^]*^pr close 6 /m)
    expect(await onGithub('log', '-1', '--format=%an %G?', proposal)).toMatch(/^requester [GU]$/)
    expect(await said()).toContain(
      `pr create --head ${proposal} --base ${ref} --title promote ${environment}: cards --body-file`,
    )
    expect(await readFile(join(job.temp, 'body.md'), 'utf8')).toContain('CARDS_PAGES')
  })

  const by = (login: string, type = 'User') => ({ user: { login, type } })
  const otherwise = by('approver')

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
      [by('requester')],
      'requester approved it, and only people who did not ask for it may; dismiss that review, and let another approve',
    ],
    [
      'its requester and a reader approved',
      {},
      [by('requester'), by('reader')],
      'requester approved it, and only people who did not ask for it may; dismiss that review, and let another approve',
    ],
    [
      'its requester and another one approved',
      {},
      [by('requester'), otherwise],
      'requester approved it, and only people who did not ask for it may; dismiss that review, and let another approve',
    ],
    [
      'an app approved beside another one',
      {},
      [otherwise, by('helpful[bot]', 'Bot')],
      'helpful[bot] approved it, and only people who did not ask for it may; dismiss that review, and let another approve',
    ],
    [
      'only a reader approved',
      {},
      [by('reader')],
      'nobody but requester who may write here approved commit HEAD; let such a person approve it',
    ],
    [
      'an earlier commit was approved',
      {},
      [{ ...otherwise, commit_id: '0000' }],
      'nobody but requester who may write here approved commit HEAD; let such a person approve it',
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

  it.each([
    [`Ref: env/prod-eu-central-1`, 'env/prod-eu-central-1'],
    [`Ref: ${ref}\nRef: env/prod-eu-central-1`, `${ref},env/prod-eu-central-1`],
    ['Ref: @everyone', '?everyone'],
    ['Source: 1234', 'no ref'],
  ])('does not land what says %j', async (trailers, madeFor) => {
    await checkOut()
    const before = await onGithub('rev-parse', ref)
    const proposed = await onGithub('rev-parse', proposal)
    const author = ['-c', 'user.name=tester', '-c', 'user.email=tester@localhost']
    const message = `promote ${environment}: cards\n\n${trailers}\n`
    const other = await onGithub(...author, 'commit-tree', `${proposed}^{tree}`, '-p', before, '-m', message)
    await onGithub('update-ref', `refs/heads/${proposal}`, other)
    await answer({}, [otherwise])
    expect(await runStep('workflows/land.yaml', 'land')).toMatchObject({ exitCode: 1 })
    expect(await said()).toContain(
      `pr comment 7 --body Not landed: commit ${other} says that it is for ${madeFor}, and this is ${ref}.`,
    )
    expect(await onGithub('rev-parse', ref)).toBe(before)
    await onGithub('update-ref', `refs/heads/${proposal}`, proposed)
  })

  const foreign = 'is not signed by a key that main lists for BASE; run the workflow promotion again'

  it.each([
    ['nobody signed', ref, [], foreign],
    ['another signed', ref, ['--gpg-sign=foreign'], foreign],
    ['nobody signed, on the hub', 'hub/production', [], foreign],
    [
      'is signed with a key whose public half GitHub does not have',
      ref,
      ['--gpg-sign=promoter'],
      'is signed by KEY, which PUBLIC_KEYS of the environment land lacks; set it as docs/first-cluster.md says (Production)',
    ],
    [
      'was changed after it was signed',
      ref,
      ['--gpg-sign=promoter'],
      'has a signature by KEY that is broken, expired or revoked; run the workflow promotion again',
    ],
  ])('does not land what %s', async (what, base, sign, reason) => {
    await checkOut()
    const before = await onGithub('rev-parse', base)
    const author = ['-c', 'user.name=requester', '-c', 'user.email=requester@localhost']
    const message = `promote\n\nRef: ${base}\n`
    const commit = ['commit-tree', `${before}^{tree}`, '-p', before, '-m', message, ...sign]
    const made = await onGithub(...author, ...commit)
    const other = what.startsWith('was changed') ? await tamper(made) : made
    const headRefName = `promotion/${base.replace('env/', '')}/other`
    await onGithub('update-ref', `refs/heads/${headRefName}`, other)
    await answer({ baseRefName: base, headRefName, headRefOid: other }, [{ ...otherwise, commit_id: other }])
    const whole = runner.env['PUBLIC_KEYS'] ?? ''
    if (reason.includes('PUBLIC_KEYS')) runner.env['PUBLIC_KEYS'] = await publicHalf('foreign')
    const key = await onGithub('log', '-1', '--no-show-signature', '--format=%GK', other)
    const landed = await runStep('workflows/land.yaml', 'land')
    runner.env['PUBLIC_KEYS'] = whole
    expect(landed.exitCode, landed.output).toBe(1)
    const why = reason.replace('BASE', base).replace('by KEY', `by ${key}`)
    expect(await said()).toContain(`pr comment 7 --body Not landed: commit ${other} ${why}.`)
    expect(await onGithub('rev-parse', base)).toBe(before)
    await onGithub('update-ref', '-d', `refs/heads/${headRefName}`)
  })

  it('does not land what is signed where GitHub has no public key, nor for an environment that main lacks', async () => {
    await checkOut()
    const head = await answer({}, [otherwise])
    expect(await landWithout()).toContain(
      'Not landed: PUBLIC_KEYS of the environment land has no public key; set it',
    )
    await onGithub('update-ref', 'refs/heads/env/nowhere', `${head}^`)
    await answer({ baseRefName: 'env/nowhere', headRefName: 'promotion/nowhere/other' }, [otherwise])
    expect(await landWithout()).toContain('Not landed: main has no environment nowhere.')
    await answer({ baseRefName: 'hub/nowhere', headRefName: 'promotion/hub/nowhere/other' }, [otherwise])
    await onGithub('update-ref', 'refs/heads/hub/nowhere', `${head}^`)
    expect(await landWithout()).toContain('Not landed: main has no environment of hub/nowhere.')
    for (const one of ['env', 'hub']) await onGithub('update-ref', '-d', `refs/heads/${one}/nowhere`)
  })

  it('lands as it was signed, once another one approved it', async () => {
    await checkOut()
    const head = await answer({}, [otherwise])
    const landed = await runStep('workflows/land.yaml', 'land')
    expect(landed.exitCode, landed.output).toBe(0)
    expect(await onGithub('rev-parse', ref)).toBe(head)
  })

  it('goes back the same way, to what was there before', async () => {
    await onGithub('update-ref', '-d', `refs/heads/${proposal}`)
    const before = await onGithub('rev-parse', ref)
    runner.env['BACK'] = 'true'
    await propose()
    runner.env['BACK'] = ''
    expect(await said()).toContain(`--title rollback ${environment} cards: as of `)
    expect(await onGithub('rev-parse', ref)).toBe(before)
    expect(await onGithub('rev-parse', `${proposal}^`)).toBe(before)
    expect(await onGithub('rev-parse', `${proposal}:cards`)).toBe(
      await onGithub('rev-parse', `${before}^:cards`),
    )
  })

  it('is signed again as it runs, where the key was replaced, and lands so', async () => {
    await onGithub('update-ref', '-d', `refs/heads/${proposal}`)
    const before = await onGithub('rev-parse', ref)
    Object.assign(runner.env, { RELEASES: '', FROM: environment })
    await propose()
    runner.env['FROM'] = ''
    expect(await said()).toContain(`--title promote ${environment}: signed again --body-file`)
    const head = await answer({}, [otherwise])
    expect(await onGithub('rev-parse', `${head}^`)).toBe(before)
    const landed = await runStep('workflows/land.yaml', 'land')
    expect(landed.exitCode, landed.output).toBe(0)
    expect(await onGithub('log', '-1', '--format=%H %G?', ref)).toMatch(new RegExp(`^${head} [GU]$`))
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
  const file = 'workflows/set-image.yaml'
  const image = `9.9.9@sha256:${'9f86d081'.repeat(8)}`
  const set = async () => {
    await checkOut()
    await rm(join(runner.scratch, 'output'), { force: true })
    const sources = await runner.nextJob()
    await ok(sources, file, 'pack')
    const { stdout } = await execa('tar', ['-tf', join(sources.temp, 'sources.tar.gz')])
    expect(stdout.split('\n')).toEqual(expect.arrayContaining(['./.git/HEAD', './charts.lock']))
    const output = await readFile(join(runner.scratch, 'output'), 'utf8')
    runner.env['COMMIT'] = /^commit=([0-9a-f]{40})$/m.exec(output)?.[1] ?? ''
    await ok(runner, file, 'set the image')
    await runner.git('reset', '--quiet', '--hard')
    return runner.nextJob()
  }

  it('proposes the file of the service and what is generated from it', async () => {
    Object.assign(runner.env, { REPOSITORY: repository, SERVICE: 'cards', IMAGE: image })
    await ok(await set(), file, 'propose')
    const changed = (await onGithub('diff', '--name-only', 'main', 'image/cards')).split('\n')
    expect(changed).toContain('environments/images/cards.yaml')
    expect(changed).toContain('argocd/dev/values/cards.yaml')
    expect(await onGithub('log', '-1', '--format=%an %s', 'image/cards')).toBe('requester feat(cards): 9.9.9')
    expect(await onGithub('rev-parse', 'image/cards^')).toBe(await onGithub('rev-parse', 'main'))
    expect(await said()).toContain(
      `pr create --repo ${repository} --head image/cards --base main --title cards: 9.9.9`,
    )
  })

  it('proposes nothing twice, and nothing that is there', async () => {
    const open = [{ number: 8, headRefName: 'image/cards' }]
    await writeFile(join(runner.scratch, 'pulls.json'), JSON.stringify(open))
    await ok(await set(), file, 'propose')
    expect(await said()).not.toContain('pr create')
    await onGithub('update-ref', 'refs/heads/main', 'image/cards')
    await runner.git('fetch', '--quiet', `https://github.com/${repository}`, 'main')
    await runner.git('reset', '--quiet', '--hard', 'FETCH_HEAD')
    expect(await ok(await set(), file, 'propose')).toBe('cards has this image')
    await expect(said()).rejects.toThrow('ENOENT')
  })

  const line = '--- /dev/null\n+++ b/PATH\n@@ -0,0 +1 @@\n+on: push\n'
  const fresh = (path: string, mode = '100644') =>
    `diff --git a/${path} b/${path}\nnew file mode ${mode}\n${line.replace('PATH', path)}`

  it.each([
    [
      'a workflow',
      fresh('.github/workflows/more.yaml'),
      'it changes .github/workflows/more.yaml, and may change the image of cards and what is generated',
    ],
    [
      'the image of another service',
      fresh('environments/images/more.yaml'),
      'it changes environments/images/more.yaml, and may change the image of cards and what is generated',
    ],
    [
      'a link',
      fresh('argocd/dev/values/more.yaml', '120000'),
      'it changes argocd/dev/values/more.yaml, and may change the image of cards and what is generated',
    ],
    [
      'a workflow command',
      fresh('::stop-commands::x'),
      'it changes ::stop-commands::x, and may change the image of cards and what is generated',
    ],
    ['a path out of the repository', fresh('../more.yaml'), 'it does not apply to what was read'],
    ['what git does not keep as a file', fresh('argocd/.git/config'), 'it does not apply to what was read'],
    ['no patch', 'nothing', 'it does not apply to what was read'],
    ['too much', 'x'.repeat(1_048_577), 'it is no patch of at most 1 MB'],
  ])('refuses %s', async (_, patch, reason) => {
    await writeFile(join(runner.scratch, 'handed/image.patch'), patch)
    const before = await onGithub('for-each-ref')
    const { exitCode, output } = await (await runner.nextJob()).runStep(file, 'propose')
    expect(exitCode, output).toBe(1)
    expect(output.split('\n').filter((said) => said.startsWith('::'))).toEqual([
      `::error::refused what was handed over: ${reason}`,
    ])
    expect(await onGithub('for-each-ref')).toBe(before)
  })
})
