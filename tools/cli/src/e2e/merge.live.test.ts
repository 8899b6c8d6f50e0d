import { ensureCommand } from '@opencore/servers'
import { ensureTools } from '@opencore/toolchain'
import { execa } from 'execa'
import { randomBytes } from 'node:crypto'
import { chmod, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { makeTrust, startRegistry } from '../publish/start-registry.ts'
import { hasGnupg } from './opencore.ts'
import { startRunner, type Runner } from './runner.ts'

// What the workflows of a pull request and of its merge do, by their own lines, as workflows.live.test.ts has the others.
// Charts go to a real registry in ghcr.io's place. cosign is not here: what it would be told is noted, and no more.

const lack = (hasGnupg ? undefined : 'needs gnupg') ?? (await ensureCommand({ command: 'jq', package: 'jq' }))

let runner: Runner

beforeAll(async () => {
  if (lack !== undefined) return
  runner = await startRunner()
})
afterAll(async () => {
  if (lack === undefined) await runner.close()
})

const cards = 'environments/services/cards.ts'
const pages = (count: number) => (text: string) =>
  text.replace(/\n {2}values: \{(?:\n {4}env: .*)?/, `\n  values: {\n    env: { CARDS_PAGES: '${count}' },`)

async function ok(file: string, name: string): Promise<string> {
  const { exitCode, output } = await runner.runStep(file, name)
  expect(exitCode, output).toBe(0)
  return output
}

describe.skipIf(lack !== undefined)('merge', () => {
  const refs = ['env/dev', 'hub/nonproduction']
  const heads = () => Promise.all(refs.map((ref) => runner.onGithub('rev-parse', ref)))
  const promote = async () => {
    await runner.checkOut()
    await ok('workflows/merge.yaml', 'promote')
    await ok('workflows/merge.yaml', 'push, all refs or none')
  }

  it('promotes dev, and pushes its ref and the hub’s', async () => {
    await promote()
    const source = await runner.git('rev-parse', 'main')
    for (const ref of refs) expect(await runner.onGithub('log', '-1', '--format=%B', ref)).toContain(source)
    expect(await runner.onGithub('log', '-1', '--format=%an', 'env/dev')).toBe('requester')
    const before = await heads()
    await promote()
    expect(await heads()).toEqual(before)
  })

  it('brings what was merged, on top of what is there', async () => {
    const [before] = await heads()
    await runner.merge(cards, pages(7))
    await promote()
    expect(await runner.onGithub('rev-parse', 'env/dev^')).toBe(before)
    expect(await runner.onGithub('show', 'env/dev:cards/values.yaml')).toContain('CARDS_PAGES')
  })

  it('pushes nothing where one of the refs has moved since', async () => {
    await runner.merge('environments/teams/payments.ts', (text) =>
      text.replace("'payments-releases'", "'payments-news'"),
    )
    await runner.checkOut()
    await ok('workflows/merge.yaml', 'promote')
    const author = ['-c', 'user.name=tester', '-c', 'user.email=tester@localhost']
    const tree = await runner.onGithub('rev-parse', 'env/dev^{tree}')
    const other = await runner.onGithub(...author, 'commit-tree', tree, '-p', 'env/dev^', '-m', 'other')
    await runner.onGithub('update-ref', 'refs/heads/env/dev', other)
    const before = await heads()
    const pushed = await runner.runStep('workflows/merge.yaml', 'push, all refs or none')
    expect(pushed.exitCode).not.toBe(0)
    expect(pushed.output).toContain('[rejected]')
    expect(await heads()).toEqual(before)
  })
})

describe.skipIf(lack !== undefined)('merge, of charts', () => {
  let registry: Awaited<ReturnType<typeof startRegistry>>
  const noted = () => readFile(join(runner.scratch, 'cosign'), 'utf8')

  beforeAll(async () => {
    await ensureTools(['helm', 'publisher', 'registry'], console.error)
    const password = randomBytes(18).toString('hex')
    const trust = await makeTrust(runner.scratch)
    registry = await startRegistry(trust, { username: 'requester', password })
    const { stdout: npx } = await execa('which', ['npx'])
    await write('npx', `exec ${npx} "\${@/#oci:\\/\\/ghcr.io/oci://${registry.host}}"`)
    await write(
      'cosign',
      `echo "$@" >> '${runner.scratch}/cosign'
case $1 in
  login) cat > /dev/null ;;
  verify) grep --quiet "^sign --yes $2$" '${runner.scratch}/cosign' ;;
esac`,
    )
    const name = 'charts@localhost'
    const make = ['--batch', '--passphrase', '', '--quick-generate-key', name, 'rsa2048', 'sign', 'never']
    await execa('gpg', make, { env: runner.env })
    const exported = await execa('gpg', ['--armor', '--export-secret-keys', name], { env: runner.env })
    Object.assign(runner.env, {
      TOKEN: password,
      OPENCORE_CHARTS_KEY: exported.stdout,
      OPENCORE_CHARTS_PASSPHRASE: '',
      SSL_CERT_FILE: trust.authority,
      GITHUB_WORKFLOW_REF: 'bank/platform/.github/workflows/merge.yaml@refs/heads/main',
    })
  })
  afterAll(() => registry.stop())

  async function write(name: string, script: string): Promise<void> {
    const file = join(runner.scratch, 'bin', name)
    await writeFile(file, `#!/bin/bash\n${script}\n`)
    await chmod(file, 0o755)
  }

  interface Published {
    chart: string
    state: string
    reference: string
  }
  const readPublished = async () =>
    JSON.parse(await readFile(join(runner.folder, 'published.json'), 'utf8')) as Published[]

  it('publishes what is new, and has each signed once', async () => {
    await runner.checkOut()
    await ok('workflows/merge.yaml', 'publish')
    const published = await readPublished()
    expect(new Set(published.map(({ state }) => state))).toEqual(new Set(['published']))
    expect(published.map(({ chart }) => chart)).toContain('service')
    const references = published.map(({ reference }) => reference.replace('oci://', ''))
    for (const reference of references)
      expect(reference).toMatch(/^127\.0\.0\.1:\d+\/bank\/charts\/[\w-]+@sha256:[0-9a-f]{64}$/)

    await ok('workflows/merge.yaml', 'sign')
    const signed = async () => (await noted()).split('\n').filter((line) => line.startsWith('sign '))
    expect(await signed()).toEqual(references.map((reference) => `sign --yes ${reference}`))
    const identity = `https://github.com/${runner.env['GITHUB_WORKFLOW_REF'] ?? ''}`
    expect(await noted()).toContain(
      `verify ${references[0] ?? ''} --certificate-oidc-issuer https://token.actions.githubusercontent.com --certificate-identity ${identity}`,
    )

    await runner.checkOut()
    await ok('workflows/merge.yaml', 'publish')
    expect(new Set((await readPublished()).map(({ state }) => state))).toEqual(new Set(['was there']))
    await ok('workflows/merge.yaml', 'sign')
    expect(await signed()).toHaveLength(references.length)
  })
})

describe.skipIf(lack !== undefined)('diff', () => {
  const comment = () => readFile(join(runner.folder, 'comment.md'), 'utf8')
  const write = async (own: string) => {
    await writeFile(join(runner.scratch, 'comment'), own)
    await ok('workflows/diff.yaml', 'write the comment, or write it anew')
  }

  it('says what a pull request would change in each environment, and hands it to who may write', async () => {
    await runner.merge(cards, pages(9))
    await runner.checkOut()
    await writeFile(join(runner.scratch, 'output'), '')
    await ok('workflows/diff.yaml', 'diff')
    for (const environment of ['dev', 'staging', 'prod-eu-central-1', 'prod-eu-west-1'])
      expect(await comment()).toContain(environment)
    expect(await comment()).toContain('CARDS_PAGES')
    const output = await readFile(join(runner.scratch, 'output'), 'utf8')
    const [, end = '', text = ''] = /^comment<<([0-9a-f]{32})\n(.*)\n\1\n$/s.exec(output) ?? []
    expect(end).not.toBe('')
    expect(text.startsWith('<!-- opencore diff -->\n')).toBe(true)
    runner.env['COMMENT'] = text
  })

  it('is one comment, which is written anew', async () => {
    await write('')
    const comments = 'api --method POST repos/bank/platform/issues/7/comments --raw-field body=<!-- opencore'
    expect(await runner.said()).toContain(comments)
    await runner.checkOut()
    await write('4711\n')
    const anew = 'api --method PATCH repos/bank/platform/issues/comments/4711 --raw-field body=<!-- opencore'
    expect(await runner.said()).toContain(anew)
    expect(await runner.said()).not.toContain('--method POST')
  })
})
