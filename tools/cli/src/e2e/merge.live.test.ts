import { ensureCommand } from '@opencore/servers'
import { ensureTools } from '@opencore/toolchain'
import { execa } from 'execa'
import { randomBytes } from 'node:crypto'
import { chmod, copyFile, cp, readFile, rm, symlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Published } from '../publish/chart-package.ts'
import { makeTrust, startRegistry } from '../publish/start-registry.ts'
import { hasGnupg, root } from './opencore.ts'
import type { Job } from './job.ts'
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

async function ok(file: string, name: string, { runStep }: Pick<Job, 'runStep'> = runner): Promise<string> {
  const { exitCode, output } = await runStep(file, name)
  expect(exitCode, output).toBe(0)
  return output
}

describe.skipIf(lack !== undefined)('merge', () => {
  const refs = ['env/dev', 'hub/nonproduction']
  const heads = () => Promise.all(refs.map((ref) => runner.onGithub('rev-parse', ref)))
  const promote = async () => {
    await runner.checkOut()
    await ok('workflows/merge.yaml', 'promote')
    await ok('workflows/merge.yaml', 'hand over')
    const job = await runner.nextJob()
    await ok('actions/receive/action.yaml', 'receive', job)
    await ok('workflows/merge.yaml', 'push, all refs or none', job)
  }
  beforeAll(() => {
    if (lack === undefined) Object.assign(runner.env, { ENVIRONMENT: 'dev', PROPOSED: 'false' })
  })

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

  it.each([
    ['before it is received', 'receive'],
    ['before it is pushed', 'push'],
  ])('pushes nothing where one of the refs has moved %s', async (_, step) => {
    await runner.merge('environments/teams/payments.ts', (text) =>
      text.replace(
        /'payments-(releases|news)'/,
        (_all, was) => `'payments-${was === 'news' ? 'releases' : 'news'}'`,
      ),
    )
    await runner.checkOut()
    await ok('workflows/merge.yaml', 'promote')
    await ok('workflows/merge.yaml', 'hand over')
    let job = await runner.nextJob()
    if (step === 'push') await ok('actions/receive/action.yaml', 'receive', job)
    const author = ['-c', 'user.name=tester', '-c', 'user.email=tester@localhost']
    const tree = await runner.onGithub('rev-parse', 'env/dev^{tree}')
    const other = await runner.onGithub(...author, 'commit-tree', tree, '-p', 'env/dev^', '-m', 'other')
    await runner.onGithub('update-ref', 'refs/heads/env/dev', other)
    const before = await heads()
    if (step === 'receive') job = await runner.nextJob()
    const refused = await (step === 'receive'
      ? job.runStep('actions/receive/action.yaml', 'receive')
      : job.runStep('workflows/merge.yaml', 'push, all refs or none'))
    expect(refused.exitCode).not.toBe(0)
    expect(refused.output).toContain(
      step === 'receive' ? 'env/dev is not one commit on top of env/dev, which may have moved' : '[rejected]',
    )
    expect(await heads()).toEqual(before)
  })
})

describe.skipIf(lack !== undefined)('merge, of charts', () => {
  let registry: Awaited<ReturnType<typeof startRegistry>>
  const noted = () => readFile(join(runner.scratch, 'cosign'), 'utf8')

  beforeAll(async () => {
    const password = randomBytes(18).toString('hex')
    const trust = await makeTrust(runner.scratch)
    registry = await startRegistry(trust, { username: 'requester', password })
    const { publisher = '' } = await ensureTools(['helm', 'publisher', 'registry'], console.error)
    await write('publisher', `sed 's#ghcr.io/#${registry.host}/#' | ${publisher} "$@"`)
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

  const folder = () => join(runner.scratch, 'charts')
  /** All charts, once they are out. */
  let out: Published[] = []
  const readCharts = async () =>
    JSON.parse(await readFile(join(folder(), 'charts.json'), 'utf8')) as Published[]
  const pack = async () => {
    await runner.checkOut()
    await ok('workflows/merge.yaml', 'package')
    return readCharts()
  }
  /** The job that may push, which has a publisher of its own. */
  const next = async () => {
    const job = await runner.nextJob()
    await copyFile(join(runner.scratch, 'bin/publisher'), join(job.temp, 'publisher'))
    return job
  }
  const push = async () => {
    const job = await next()
    await ok('actions/push-charts/action.yaml', 'publish', job)
    await ok('workflows/merge.yaml', 'sign', job)
    return (await readFile(join(job.temp, 'references'), 'utf8')).trim().split('\n')
  }
  const signed = async () => (await noted()).split('\n').filter((line) => line.startsWith('sign '))
  const refuses = async (reason: string) => {
    const { exitCode, output } = await (await next()).runStep('actions/push-charts/action.yaml', 'publish')
    expect({ exitCode, output }).toEqual({
      exitCode: 1,
      output: `::error::refused what was handed over: ${reason}`,
    })
  }

  it('builds what pushes of what main has', async () => {
    // Compiling it takes a minute, and is done for the other tests: here go says what it would do.
    runner.env['GOFLAGS'] = '-n'
    const job = await runner.nextJob()
    const sources = 'tools/toolchain/publisher'
    await cp(join(root, sources), join(job.folder, sources), { recursive: true })
    const built = await ok('actions/push-charts/action.yaml', 'build the publisher', job)
    delete runner.env['GOFLAGS']
    expect(built).toContain(join(job.temp, 'publisher'))
  })

  it('publishes what is new, and has each signed once', async () => {
    const charts = await pack()
    expect(new Set(charts.map(({ state }) => state))).toEqual(new Set(['handed over']))
    expect(charts.map(({ chart }) => chart)).toContain('service')
    const references = await push()
    expect(references.map((one) => one.replace(/@.*/, ''))).toEqual(
      charts.map(({ chart }) => `ghcr.io/bank/charts/${chart}`),
    )
    for (const reference of references) expect(reference).toMatch(/@sha256:[0-9a-f]{64}$/)
    expect(await signed()).toEqual(references.map((reference) => `sign --yes ${reference}`))
    const identity = `https://github.com/${runner.env['GITHUB_WORKFLOW_REF'] ?? ''}`
    expect(await noted()).toContain(
      `verify ${references[0] ?? ''} --certificate-oidc-issuer https://token.actions.githubusercontent.com --certificate-identity ${identity}`,
    )
  })

  it('goes on after it was killed: what was handed over is out by now', async () => {
    const before = await signed()
    expect((await push()).map((reference) => `sign --yes ${reference}`)).toEqual(before)
    expect(await signed()).toEqual(before)
  })

  it('publishes nothing twice', async () => {
    const before = await signed()
    out = await pack()
    expect(new Set(out.map(({ state }) => state))).toEqual(new Set(['was there']))
    expect((await push()).map((reference) => `sign --yes ${reference}`)).toEqual(before)
    expect(await signed()).toEqual(before)
  })

  /** Of kafka alone, and not as it is. */
  const lie = async (change: object) => {
    const kafka = out.filter(({ chart }) => chart === 'kafka').map((one) => ({ ...one, ...change }))
    await writeFile(join(folder(), 'charts.json'), JSON.stringify(kafka))
  }

  it.each([
    ['a chart that main lacks', { chart: 'more' }, 'main has no chart more 0.2.0'],
    ['a version that main lacks', { version: '9.9.9' }, 'main has no chart kafka 9.9.9'],
    ['a path', { chart: '../charts/kafka' }, 'main has no chart ../charts/kafka 0.2.0'],
    [
      'a workflow command',
      { version: '1\r::stop-commands::x' },
      'main has no chart kafka 1?r::stop-commands::x',
    ],
  ])('refuses %s', async (_, change, reason) => {
    await lie(change)
    await refuses(reason)
  })

  it('refuses another content for a version that is out, another chart, and a link', async () => {
    const archive = join(folder(), 'kafka-0.2.0.tgz')
    await copyFile(join(folder(), 'redis-0.2.0.tgz'), archive)
    await lie({ reference: 'oci://ghcr.io/bank/charts/kafka:0.2.0' })
    await refuses('kafka 0.2.0 is out with another content, and a version that is out never changes')
    runner.env['GITHUB_REPOSITORY_OWNER'] = 'another'
    await refuses(
      'kafka 0.2.0: strict mode enabled, ref basename and tag must match the chart name and version',
    )
    runner.env['GITHUB_REPOSITORY_OWNER'] = 'Bank'
    await rm(`${archive}.prov`)
    await symlink('/proc/self/environ', `${archive}.prov`)
    await refuses('it has a link, a folder or a file of more than 64 MB')
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

  it('is found again and no longer than GitHub takes, whatever the job before says', async () => {
    runner.env['COMMENT'] = 'x'.repeat(100_000)
    await runner.checkOut()
    await write('')
    expect(await runner.said()).toMatch(/ body=<!-- opencore diff -->\nx{60000} --silent$/m)
  })
})
