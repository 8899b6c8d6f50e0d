import { execa } from 'execa'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Promoted } from '../deliver/promote.ts'
import { copyWorkspace } from './copy-workspace.ts'
import { hasGnupg, opencore, root, type Outcome } from './opencore.ts'

// A checkout with an origin, a person who signs, and releases that go through the rings.

let workspace: Awaited<ReturnType<typeof copyWorkspace>>
let scratch: string
let origin: string
let env: Record<string, string>

beforeAll(async () => {
  workspace = await copyWorkspace()
  scratch = await mkdtemp(join(tmpdir(), 'opencore-promote-'))
  origin = join(scratch, 'origin.git')
  env = { GNUPGHOME: join(scratch, 'gnupg') }
  await execa('mkdir', ['-m', '700', env['GNUPGHOME'] ?? ''])
  const make = [
    '--batch',
    '--passphrase',
    '',
    '--quick-generate-key',
    'promoter@localhost',
    'ed25519',
    'sign',
    'never',
  ]
  await execa('gpg', make, { env })
  await execa('git', ['init', '--quiet', '--bare', origin])
  await git('remote', 'add', 'origin', origin)
  for (const [key, value] of [
    ['user.name', 'promoter'],
    ['user.email', 'promoter@localhost'],
    ['user.signingKey', 'promoter@localhost'],
  ] as const)
    await git('config', key, value)
  const listed = (await execa('gpg', ['--with-colons', '--list-keys'], { env })).stdout
  const key = /^pub:(?:[^:]*:){3}([0-9A-F]{16}):/m.exec(listed)?.[1] ?? ''
  await merge('environments/tiers/production.ts', (text) =>
    text.replace(/signingKeys: .*/, `signingKeys: ['${key}'],`),
  )
})
afterAll(async () => {
  await execa('gpgconf', ['--kill', 'gpg-agent'], { env })
  await workspace.remove()
  await rm(scratch, { recursive: true, force: true })
})

const git = async (...args: string[]) => (await execa('git', args, { cwd: workspace.folder, env })).stdout
const run = (...args: string[]): Promise<Outcome> => opencore(args, { cwd: workspace.folder, env })

async function promote(...args: string[]): Promise<Promoted> {
  const { exitCode, stdout, stderr } = await run('promote', ...args, '-o', 'json')
  expect(exitCode, stderr).toBe(0)
  return JSON.parse(stdout) as Promoted
}

/** What a person changes and merges; gives the commit. */
async function merge(file: string, change: (text: string) => string): Promise<string> {
  const path = join(workspace.folder, file)
  await writeFile(path, change(await readFile(path, 'utf8').catch(() => '')))
  expect(await run('generate')).toMatchObject({ exitCode: 0 })
  await git('add', '--all')
  await git('commit', '--quiet', '--message', 'merged')
  await git('push', '--quiet', 'origin', 'main')
  return git('rev-parse', 'HEAD')
}

/** As `run`, and not waited for; what it starts is of its group. */
const start = (...args: string[]) =>
  execa(process.execPath, [join(root, 'bin/opencore.mjs'), ...args], {
    cwd: workspace.folder,
    env,
    detached: true,
    reject: false,
    stdio: 'ignore',
  })

/** Once that what a killed process had started has ended as well, as it does on another machine. */
async function ended(killed: ReturnType<typeof start>): Promise<void> {
  await killed
  for (;;) {
    try {
      process.kill(-(killed.pid ?? 0), 0)
    } catch {
      return
    }
    await setTimeout(20)
  }
}

/** Fifty were tried once (README); these are spread over the same time. */
const KILLS = 8
/** A promotion of one release takes some seconds; those that are killed later have ended. */
const LONGEST = 6000

const everywhere = 'environments/services/cards.ts'
const pages = (count: number) => (text: string) =>
  text.replace(/\n {2}values: \{(?:\n {4}env: .*)?/, `\n  values: {\n    env: { CARDS_PAGES: '${count}' },`)
const inOrigin = async (...args: string[]) => (await execa('git', args, { cwd: origin, env })).stdout
const headOf = (ref: string) => inOrigin('rev-parse', `refs/heads/${ref}`)
const read = (ref: string, path: string) => inOrigin('show', `env/${ref}:${path}`)

describe.skipIf(!hasGnupg)('promote', () => {
  it('writes every release of an environment, with the record of what it came from', async () => {
    const source = await git('rev-parse', 'HEAD')
    const { changed, moves } = await promote('dev')
    expect(changed).toContain('accounts')
    expect(changed).toHaveLength(14)
    expect(await headOf('env/dev')).toBe(moves[0]?.after)
    expect(await read('dev', 'accounts/record.yaml')).toContain(source)
    expect(await read('dev', 'accounts/manifests.yaml')).toContain('kind: Deployment')
    expect(await inOrigin('ls-tree', '-r', '--name-only', 'hub/nonproduction')).toContain(
      'argocd/dev/applicationsets/services.yaml',
    )
    expect(await git('status', '--porcelain')).toBe('')
  })

  it('changes nothing where the refs are as the commit has them', async () => {
    const { changed, moves } = await promote('dev')
    expect(changed).toEqual([])
    expect(moves.map(({ ref, before, after }) => [ref, before === after])).toEqual([
      ['env/dev', true],
      ['hub/nonproduction', true],
    ])
  })

  it('moves one release through the rings alone, and refuses to skip one', async () => {
    await promote('staging')
    await merge('environments/services/ledger.ts', (text) => `${text}// what waits\n`)
    const source = await merge(everywhere, pages(7))
    const early = await run('promote', 'staging', 'cards')
    expect(early.exitCode).toBe(1)
    expect(early.stderr).toContain(
      `env/dev:cards: dev has of commit ${(await recordOf('dev', 'cards')).slice(0, 12)} cards, which commit ${source.slice(0, 12)} renders otherwise  [RING_SKIPPED]`,
    )
    const diff = await run('diff', 'dev', 'cards', '-o', 'json', '--detailed-exitcode')
    expect(diff.exitCode).toBe(2)
    expect(JSON.parse(diff.stdout)).toMatchObject([
      { risk: 'other', kind: 'Deployment.apps', field: { after: { value: '7' } } },
    ])
    expect(await promote('dev', 'cards')).toMatchObject({
      changed: ['cards'],
      changes: [{ ref: 'env/dev', groups: [{ risk: 'other', names: ['banking-services/cards'] }] }],
    })
    expect((await promote('staging', 'cards')).changed).toEqual(['cards'])
    expect(await recordOf('staging', 'cards')).toBe(source)
    expect(await inOrigin('diff', '--name-only', 'env/staging^', 'env/staging')).toBe(
      'cards/manifests.yaml\ncards/record.yaml\ncards/values.yaml',
    )
  })

  it('lets a hotfix overtake, says why in the commit, and signs it', async () => {
    await promote('prod-eu-west-1')
    await merge(everywhere, pages(8))
    const reason = 'found in production'
    expect((await promote('prod-eu-west-1', 'cards', '--allow-skip', reason)).changed).toEqual(['cards'])
    const { stdout } = await run('history', 'prod-eu-west-1', 'cards', '-o', 'json')
    expect(JSON.parse(stdout)).toMatchObject([
      { author: 'promoter', signature: 'good', skippedRing: reason, source: await git('rev-parse', 'HEAD') },
      { author: 'promoter', signature: 'good' },
    ])
  })

  it('goes back by one command, and only for the release', async () => {
    const { exitCode, stderr } = await run('rollback', 'prod-eu-west-1', 'cards')
    expect(exitCode, stderr).toBe(0)
    expect(await read('prod-eu-west-1', 'cards/values.yaml')).toMatch(/CARDS_PAGES: "?7/)
    expect(await inOrigin('diff', '--name-only', 'env/prod-eu-west-1~2', 'env/prod-eu-west-1')).toBe('')
  })

  it('writes nothing in a dry run', async () => {
    const before = await headOf('env/dev')
    const { stdout } = await run('promote', 'dev', 'cards', '--dry-run')
    expect(stdout).toBe(
      'env/dev:\n  other fields\n    ~ Deployment.apps banking-services/cards: spec.template.spec.containers[app].env[CARDS_PAGES].value: "7" -> "8"\n~ cards\nenv/dev would change; nothing was written',
    )
    expect(await headOf('env/dev')).toBe(before)
  })

  it('goes further back when it is typed again, and deletes nothing', async () => {
    expect((await run('rollback', 'prod-eu-west-1', 'cards')).stderr).toContain('[NOTHING_TO_ROLL_BACK]')
    const [first = ''] = (await inOrigin('rev-list', '--reverse', 'env/dev')).split('\n')
    await writeFile(
      join(workspace.folder, 'environments/services/fees.ts'),
      `import { defineService } from '@opencore/model/define'\n\n/** What services cost. */\nexport const fees = defineService({\n  name: 'fees',\n  team: 'payments',\n  namespace: 'banking-services',\n  uses: {},\n  exposes: { services: true, metrics: true },\n  values: { image: { repository: 'registry.firefly-banking.com/core-banking/fees' } },\n})\n`,
    )
    await run('set-image', 'fees', `0.1.0@sha256:${'5'.repeat(64)}`)
    await merge('environments/images/fees.yaml', (text) => text)
    expect((await run('promote', 'dev', 'fees')).stderr).toContain('[HUB_BEHIND]')
    expect((await promote('dev')).changed).toContain('fees')
    const { stderr } = await run('rollback', 'dev', 'fees', '--to', first)
    expect(stderr).toContain(
      `env/dev:fees: the release was not there yet at ${first.slice(0, 12)}  [ROLLBACK_DELETES]`,
    )
  })

  it('that is killed at any moment leaves the ref as it was or as it should be, signed', async () => {
    const words = ['prod-eu-west-1', 'cards', '--allow-skip', 'killed'] as const
    let done = 0
    for (let kill = 0; kill < KILLS; kill++) {
      const before = await headOf('env/prod-eu-west-1')
      if ((await promote(...words, '--dry-run')).changed.length === 0)
        await merge(everywhere, pages(20 + kill))
      const killed = start('promote', ...words)
      await setTimeout((kill / KILLS) * LONGEST)
      killed.kill('SIGKILL')
      await ended(killed)
      const after = await headOf('env/prod-eu-west-1')
      if (after === before) continue
      done++
      expect(await inOrigin('rev-parse', 'env/prod-eu-west-1^')).toBe(before)
      await execa('git', ['verify-commit', after], { cwd: origin, env })
    }
    console.log(`of ${KILLS} killed promotions ${done} had arrived`)
    await promote(...words)
    expect((await promote(...words, '--dry-run')).changed).toEqual([])
    expect(await inOrigin('fsck', '--strict', '--no-dangling')).toBe('')
  }, 900_000)

  it('repairs what somebody pushed by hand', async () => {
    const clone = join(scratch, 'clone')
    await execa('git', ['clone', '--quiet', '--branch', 'env/dev', origin, clone])
    await writeFile(join(clone, 'ledger', 'manifests.yaml'), '{}\n')
    const who = ['-c', 'user.name=hand', '-c', 'user.email=hand@localhost']
    await execa('git', [...who, 'commit', '--quiet', '--all', '--message', 'by hand'], { cwd: clone })
    await execa('git', ['push', '--quiet'], { cwd: clone })
    expect((await promote('dev', 'ledger')).changed).toEqual(['ledger'])
    expect(await read('dev', 'ledger/manifests.yaml')).toContain('kind: Deployment')
  })

  it('signs nothing on top of what nobody signed', async () => {
    const clone = join(scratch, 'production')
    await execa('git', ['clone', '--quiet', '--branch', 'env/prod-eu-west-1', origin, clone])
    const text = await readFile(join(clone, 'ledger', 'manifests.yaml'), 'utf8')
    await writeFile(join(clone, 'ledger', 'manifests.yaml'), text.replace(/replicas: \d+/, 'replicas: 9'))
    const who = ['-c', 'user.name=intruder', '-c', 'user.email=intruder@localhost']
    await execa('git', [...who, 'commit', '--quiet', '--all', '--message', 'mine'], { cwd: clone })
    await execa('git', ['push', '--quiet'], { cwd: clone })
    const before = await headOf('env/prod-eu-west-1')
    for (const command of ['promote', 'rollback']) {
      const { exitCode, stderr } = await run(command, 'prod-eu-west-1', 'cards')
      expect(exitCode).toBe(1)
      expect(stderr).toContain(
        `env/prod-eu-west-1: commit ${before.slice(0, 12)} has no signature  [REF_UNSIGNED]`,
      )
    }
    await execa('git', ['push', '--quiet', '--force', 'origin', 'HEAD^:env/prod-eu-west-1'], { cwd: clone })
    const { stderr } = await run('promote', 'prod-eu-west-1', 'cards', '--dry-run')
    expect(stderr).toContain(`env/prod-eu-west-1: the ref was at ${before.slice(0, 12)}`)
    expect(stderr).toContain('[REF_REWOUND]')
  })

  it('goes back to commits of the same ref alone', async () => {
    const foreign = await git('rev-parse', 'HEAD')
    const { stderr } = await run('rollback', 'dev', 'cards', '--to', foreign)
    expect(stderr).toContain(`env/dev: ${foreign} is no commit of this ref  [ROLLBACK_TARGET]`)
  })

  it('takes a reason of one line alone for a skipped ring', async () => {
    const { exitCode, stderr } = await run(
      'promote',
      'staging',
      'cards',
      '--allow-skip',
      'urgent\nSource: mine',
    )
    expect([exitCode, stderr]).toEqual([2, expect.stringContaining('wanted: the reason, in one line')])
  })

  it('verifies what will be there: a caller without its partner’s policy is refused', async () => {
    await merge('environments/services/notifications.ts', (text) =>
      text.replace("services: ['customers']", "services: ['customers', 'cards']"),
    )
    const alone = await run('promote', 'dev', 'notifications')
    expect(alone.exitCode).toBe(1)
    expect(alone.stderr).toContain('notifications')
    expect(alone.stderr).toContain('cards')
    expect((await promote('dev', 'notifications', 'cards')).changed.toSorted()).toEqual([
      'cards',
      'notifications',
    ])
  })

  it('waits for a time in which Argo CD may sync, and shows before what would change', async () => {
    const window =
      "{ kind: 'deny', schedule: '0 0 * * *', duration: '24h', timeZone: 'UTC', manualSync: false, description: 'closed for the test' }"
    await merge('environments/tiers/staging.ts', (text) =>
      text.replace('delivery: {', `delivery: {\n    syncWindows: [${window}],`),
    )
    const { exitCode, stderr } = await run('promote', 'staging', 'cards')
    expect([exitCode, stderr]).toEqual([
      1,
      expect.stringMatching(
        /env\/staging: nothing may be synced until .* 00:00 UTC: closed for the test {2}\[SYNC_WINDOW_CLOSED\]/,
      ),
    ])
    const dry = await run('promote', 'staging', 'cards', '--dry-run', '--allow-skip', 'to look')
    expect([dry.exitCode, dry.stderr]).toEqual([0, expect.stringContaining('nothing may be synced until')])
    await merge('environments/tiers/staging.ts', (text) =>
      text.replace('manualSync: false', 'manualSync: true'),
    )
    const manual = await run('promote', 'staging', 'cards', '--allow-skip', 'a person syncs it')
    expect([manual.exitCode, manual.stderr]).toEqual([
      0,
      expect.stringContaining('Argo CD syncs only what a person tells it to until'),
    ])
  })

  it('takes only what is committed and merged', async () => {
    const file = join(workspace.folder, 'argocd/dev/values/cards.yaml')
    const text = await readFile(file, 'utf8')
    await writeFile(file, `${text}# by hand\n`)
    expect((await run('promote', 'dev')).stderr).toContain(
      'argocd: charts/, environments/ or argocd/ differ from the commit that is checked out  [SOURCE_CHANGED]',
    )
    await git('commit', '--quiet', '--all', '--message', 'not merged')
    await git('branch', '--quiet', 'feature')
    await git('reset', '--quiet', '--hard', 'HEAD^')
    await git('switch', '--quiet', 'feature')
    expect((await run('promote', 'dev')).stderr).toContain('is not on the main branch  [SOURCE_NOT_ON_MAIN]')
    await git('switch', '--quiet', 'main')
  })

  it('of two at once lets one through, and the other changes nothing', async () => {
    await merge(everywhere, pages(9))
    const count = Number(await inOrigin('rev-list', '--count', 'env/dev'))
    const both = await Promise.all([run('promote', 'dev', 'cards'), run('promote', 'dev', 'cards')])
    expect(both.map(({ exitCode }) => exitCode)).toContain(0)
    expect(await inOrigin('rev-list', '--count', 'env/dev')).toBe(String(count + 1))
  })
})

const recordOf = async (environment: string, release: string) =>
  /sourceCommit: "?([0-9a-f]{40})/.exec(await read(environment, `${release}/record.yaml`))?.[1] ?? ''
