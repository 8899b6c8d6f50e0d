import { ensureCommand } from '@opencore/servers'
import { execa } from 'execa'
import { mkdir, readFile, rm, symlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { startSmallGithub, type SmallGithub } from './small-github.ts'

// What a job that pushes refuses of one that runs packages, and so may say anything.

const lack = await ensureCommand({ command: 'jq', package: 'jq' })
const environment = 'prod-eu-west-1'
const base = `env/${environment}`
const plain = { '100644 release.yaml': 'kind: ReleaseList\n' }
const hub = 'hub/production'

let github: SmallGithub
/** The head of the environment's ref. */
let head = ''
let handed = ''

beforeAll(async () => {
  if (lack !== undefined) return
  github = await startSmallGithub()
  handed = join(github.scratch, 'handed')
  const bootstrap = `spec:\n  source:\n    targetRevision: refs/heads/${hub}\n`
  const main = await github.commit({ [`100644 argocd/${environment}/bootstrap.yaml`]: bootstrap }, 'main\n')
  const first = await github.commit(plain, `first\n\nRef: ${base}\n`)
  head = await github.commit(plain, `second\n\nRef: ${base}\n`, first)
  const heads = { main, [base]: head, [hub]: await github.commit(plain, `first\n\nRef: ${hub}\n`) }
  for (const [name, commit] of Object.entries(heads))
    await github.git('update-ref', `refs/heads/${name}`, commit)
})
afterAll(async () => {
  if (lack === undefined) await github.close()
})
beforeEach(async () => {
  if (lack !== undefined) return
  Object.assign(github.env, { ENVIRONMENT: environment, PROPOSED: 'true' })
  await rm(handed, { recursive: true, force: true })
  await mkdir(handed)
})

/** A bundle with one commit under some name; names in a bundle are a line that anybody may write. */
async function handOver(commit: string, name: string): Promise<void> {
  const file = join(handed, 'refs.bundle')
  await github.git('update-ref', 'refs/heads/handed', commit)
  const { stdout: old } = await execa('git', ['for-each-ref', '--format=^%(objectname)', 'refs/heads'], {
    cwd: join(github.scratch, 'github.git'),
  })
  const known = old.split('\n').filter((line) => line !== `^${commit}`)
  await github.git('bundle', 'create', '--quiet', file, 'refs/heads/handed', ...known)
  await github.git('update-ref', '-d', 'refs/heads/handed')
  const text = (await readFile(file)).toString('latin1')
  await writeFile(
    file,
    text.replace(' refs/heads/handed\n', () => ` ${name}\n`),
    'latin1',
  )
}

const short = (commit: string) => commit.slice(0, 12)
const named = (commit: string) => `refs/heads/promotion/${environment}/${short(commit)}`
const files = (more: Readonly<Record<string, string>>) => ({ ...plain, ...more })
const message = `promote ${environment}: cards\n\nRef: ${base}\n`

async function receive() {
  const job = await github.nextJob()
  const before = await github.git('for-each-ref')
  const { exitCode, output } = await job.runStep('actions/receive/action.yaml', 'receive')
  expect(await github.git('for-each-ref')).toBe(before)
  const commands = output.split(/[\r\n]/).filter((line) => line.startsWith('::'))
  return { job, exitCode, output, commands }
}

async function refuses(reason: string): Promise<void> {
  const { exitCode, output, commands } = await receive()
  expect(exitCode, output).toBe(1)
  expect(commands).toEqual([`::error::refused what was handed over: ${reason}`])
}

describe.skipIf(lack !== undefined)('what a job hands over', () => {
  it('is received as `promote` makes it, for the environment and for its hub', async () => {
    const commit = await github.commit(files({ '100644 .github/CODEOWNERS': '* @a/b\n' }), message, head)
    await handOver(commit, named(commit))
    const { job, exitCode, output } = await receive()
    expect(exitCode, output).toBe(0)
    const branch = named(commit).replace('refs/heads/', '')
    expect(await readFile(join(job.temp, 'received'), 'utf8')).toBe(`${base} ${branch}\n`)
    const other = await github.commit(plain, `hub\n\nRef: ${hub}\n`, await github.git('rev-parse', hub))
    await handOver(other, `refs/heads/promotion/${hub}/${environment}/${short(other)}`)
    expect(await receive()).toMatchObject({ exitCode: 0 })
  })

  it('may be nothing', async () => {
    const { job, exitCode } = await receive()
    expect(exitCode).toBe(0)
    expect(await readFile(join(job.temp, 'received'), 'utf8')).toBe('')
  })

  it.each([
    ['the main branch', 'refs/heads/main', 'refs/heads/main'],
    ['the ref itself', `refs/heads/${base}`, `refs/heads/${base}`],
    [
      'another environment',
      'refs/heads/promotion/prod-eu-central-1/COMMIT',
      'refs/heads/promotion/prod-eu-central-1/COMMIT',
    ],
    ['another hub', `refs/heads/promotion/hub/nonproduction/${environment}/COMMIT`, undefined],
    ['another commit', `refs/heads/promotion/${environment}/000000000000`, undefined],
    ['a tag', `refs/tags/promotion/${environment}/COMMIT`, undefined],
    ['an option', '--upload-pack=touch', '--upload-pack?touch'],
    ['an option, as a branch', `refs/heads/promotion/${environment}/--force`, undefined],
    ['a refspec', `refs/heads/promotion/${environment}/COMMIT:refs/heads/main`, undefined],
    ['a workflow command', 'refs/heads/x\r::stop-commands::y', 'refs/heads/x?::stop-commands::y'],
  ])('is refused where it is for %s', async (_, name, said = name) => {
    const commit = await github.commit(plain, message, head)
    await handOver(commit, name.replace('COMMIT', short(commit)))
    const own = named(commit).replace('refs/heads/', '')
    const its = `promotion/${hub}/${environment}/${short(commit)}`
    await refuses(`${said.replace('COMMIT', short(commit))} is neither ${own} nor ${its}`)
  })

  const moved = (branch: string) =>
    `${branch} is not one commit on top of ${base}, which may have moved since; run the workflow again`

  it.each([
    ['is on top of an earlier one', () => github.commit(plain, message, `${head}^`)],
    ['is on top of nothing', () => github.commit(plain, message)],
    [
      'comes with another',
      async () => github.commit(plain, message, await github.commit(plain, message, head)),
    ],
  ])('is refused where the commit %s', async (_, make) => {
    const commit = await make()
    await handOver(commit, named(commit))
    await refuses(moved(named(commit).replace('refs/heads/', '')))
  })

  it('is refused where the ref itself would not move by a fast-forward', async () => {
    github.env['PROPOSED'] = 'false'
    const commit = await github.commit(plain, message, `${head}^`)
    await handOver(commit, `refs/heads/${base}`)
    await refuses(moved(base))
  })

  it('is refused where it would be pushed without a proposal to what is none of its refs', async () => {
    github.env['PROPOSED'] = 'false'
    const commit = await github.commit(plain, message, head)
    await handOver(commit, 'refs/heads/main')
    await refuses(`refs/heads/main is neither ${base} nor ${hub}`)
  })

  it.each([
    [
      'was made for another ref',
      {},
      'Ref: env/prod-eu-central-1',
      'says that it is for env/prod-eu-central-1, and this is BASE',
    ],
    ['does not say for which ref', {}, 'Source: 1', 'says that it is for no ref, and this is BASE'],
    [
      'has a link',
      { '120000 cards/more.yaml': '/etc/passwd' },
      `Ref: ${base}`,
      'has cards/more.yaml, and plain files belong there, none of which is hidden',
    ],
    [
      'has a program',
      { '100755 cards/run': '#!/bin/sh\n' },
      `Ref: ${base}`,
      'has cards/run, and plain files belong there, none of which is hidden',
    ],
    [
      'has what Argo CD reads as its own',
      { '100644 cards/.argocd-source.yaml': 'helm: {}\n' },
      `Ref: ${base}`,
      'has cards/.argocd-source.yaml, and plain files belong there, none of which is hidden',
    ],
    [
      'has a workflow whose name git quotes',
      { '100644 .github/workflows/\u00e9.yaml': 'on: push\n', '100644 z': '' },
      `Ref: ${base}`,
      'has ?.github/workflows/?303?251.yaml?, and plain files belong there, none of which is hidden',
    ],
    [
      'has what is hidden in a folder with a space',
      { '100644 a b/.argocd-source.yaml': 'helm: {}\n' },
      `Ref: ${base}`,
      'has a b/.argocd-source.yaml, and plain files belong there, none of which is hidden',
    ],
    [
      'has a workflow',
      { '100644 .github/workflows/more.yaml': 'on: push\n' },
      `Ref: ${base}`,
      'has .github/workflows/more.yaml, and plain files belong there, none of which is hidden',
    ],
  ])('is refused where the commit %s', async (_, more, trailer, reason) => {
    const commit = await github.commit(files(more), `promote\n\n${trailer}\n`, head)
    await handOver(commit, named(commit))
    await refuses(`${named(commit).replace('refs/heads/', '')} ${reason.replace('BASE', base)}`)
  })

  it('is refused where it is cut off', async () => {
    const commit = await github.commit(plain, message, head)
    await handOver(commit, named(commit))
    const bundle = await readFile(join(handed, 'refs.bundle'))
    await writeFile(join(handed, 'refs.bundle'), bundle.subarray(0, -30))
    const branch = named(commit).replace('refs/heads/', '')
    await refuses(`${branch} cannot be read, or what it is made on is not here`)
  })

  it('is refused where it is no bundle, or no file', async () => {
    await writeFile(join(handed, 'refs.bundle'), 'x')
    await refuses('it is no bundle of git')
    await rm(join(handed, 'refs.bundle'))
    await symlink('/proc/self/environ', join(handed, 'refs.bundle'))
    await refuses('it has a link, a folder or a file of more than 256 MB')
  })

  it('is refused for an environment that main lacks', async () => {
    const commit = await github.commit(plain, message, head)
    await handOver(commit, named(commit))
    for (const name of ['nowhere', '../argocd']) {
      github.env['ENVIRONMENT'] = name
      await refuses(`main has no environment ${name}`)
    }
  })
})
