import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openDeliveryWorkspace, setVariable, type DeliveryWorkspace } from './delivery-workspace.ts'
import { hasGnupg } from './opencore.ts'

// A checkout with an origin, a person who signs, and releases that go through the rings.

const cards = 'environments/services/cards.ts'
const pages = (count: number) => setVariable('CARDS_PAGES', String(count))
/** In the order in which a release goes through them. */
const rings = ['dev', 'staging', 'prod-eu-central-1', 'prod-eu-west-1']
const [west, central] = ['prod-eu-west-1', 'prod-eu-central-1']

describe.skipIf(!hasGnupg)('promote', () => {
  let workspace: DeliveryWorkspace

  beforeAll(async () => {
    workspace = await openDeliveryWorkspace()
  })
  afterAll(() => workspace.remove())

  const { promote, run, merge, git, inOrigin, headOf, read, sourceOf } = lateBound(() => workspace)
  /** What a release's container is told on the refs of the rings, in order. */
  const told = (release: string, name: string) =>
    Promise.all(
      rings.map(async (ring) => {
        const values = await read(ring, `${release}/values.yaml`)
        return new RegExp(`${name}: "?(\\d+)`).exec(values)?.[1]
      }),
    )
  const history = async (environment: string, release: string) => {
    const { stdout } = await run('history', environment, release, '-o', 'json')
    return JSON.parse(stdout) as unknown
  }

  it('makes no environment of what another one does not run', async () => {
    expect((await run('promote', 'dev', '--from', 'staging')).stderr).toContain(
      'env/staging: nothing was promoted to staging yet  [REF_MISSING]',
    )
    await git('push', '--quiet', 'origin', 'main:env/staging')
    const { exitCode, stderr } = await run('promote', 'dev', '--from', 'staging')
    expect([exitCode, stderr]).toEqual([
      1,
      expect.stringContaining('env/dev: nothing of what staging runs is for dev  [FROM_LACKS]'),
    ])
    expect(await inOrigin('branch', '--list', 'env/dev')).toBe('')
    await inOrigin('update-ref', '-d', 'refs/heads/env/staging')
    await git('update-ref', '-d', 'refs/opencore/seen/env/staging')
  })

  it('writes every release of an environment, with the record of what it came from', async () => {
    const source = await git('rev-parse', 'HEAD')
    const { stdout } = await run('promote', 'dev', '--dry-run')
    expect(stdout.match(/^[~+] \S+$/gm)).toEqual(expect.arrayContaining(['+ accounts', '+ foundation']))
    const { changed, added, moves } = await promote('dev')
    expect(changed).toContain('accounts')
    expect(changed).toHaveLength(17)
    expect(added).toEqual(changed)
    expect(await headOf('env/dev')).toBe(moves[0]?.after)
    expect(await read('dev', 'accounts/record.yaml')).toContain(source)
    expect(await read('dev', 'accounts/manifests.yaml')).toContain('kind: Deployment')
    expect(await inOrigin('ls-tree', '-r', '--name-only', 'hub/nonproduction')).toContain(
      'argocd/dev/applicationsets/services.yaml',
    )
    expect(await read('dev', '.github/CODEOWNERS')).toContain(
      '* @firefly-banking/platform\n/accounts/ @firefly-banking/accounts @firefly-banking/platform\n',
    )
    expect(await inOrigin('show', 'hub/nonproduction:.github/CODEOWNERS')).toMatch(
      /\n\* @firefly-banking\/platform$/,
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

  it('moves one release through three rings and both regions alone, while another waits', async () => {
    await promote('staging')
    const early = await run('promote', west, 'cards')
    expect([early.exitCode, early.stderr]).toEqual([1, expect.stringContaining('[HUB_BEHIND]')])
    for (const region of [central, west]) await promote(region)
    await merge('environments/services/ledger.ts', setVariable('LEDGER_PAGES', '5'))
    const source = await merge(cards, pages(7))
    for (const [index, ring] of rings.entries()) {
      const before = rings[index + 1]
      if (before !== undefined) {
        const skipped = await run('promote', before, 'cards')
        const code = before === west ? 'STANDBY_BEHIND' : 'RING_SKIPPED'
        expect(skipped.exitCode).toBe(1)
        expect(skipped.stderr).toContain(
          `env/${ring}:cards: ${ring} has of commit ${(await sourceOf(ring, 'cards')).slice(0, 12)} cards, which commit ${source.slice(0, 12)} renders otherwise  [${code}]`,
        )
      }
      expect(await promote(ring, 'cards')).toMatchObject({ changed: ['cards'], added: [] })
      expect(await sourceOf(ring, 'cards')).toBe(source)
      expect(await inOrigin('diff', '--name-only', `env/${ring}^`, `env/${ring}`)).toBe(
        'cards/manifests.yaml\ncards/record.yaml\ncards/values.yaml',
      )
    }
    expect(await told('cards', 'CARDS_PAGES')).toEqual(['7', '7', '7', '7'])
    expect(await told('ledger', 'LEDGER_PAGES')).toEqual(Array(4).fill(undefined))
  })

  it('lets a hotfix overtake, says why in the commit, and signs it', async () => {
    await merge(cards, pages(8))
    const refused = await run('promote', west, 'cards')
    expect(refused.stderr).toContain('[RING_SKIPPED]')
    expect(refused.stderr).toContain('[STANDBY_BEHIND]')
    const reason = 'found in production'
    expect((await promote(west, 'cards', '--allow-skip', reason)).changed).toEqual(['cards'])
    expect(await told('cards', 'CARDS_PAGES')).toEqual(['7', '7', '7', '8'])
    expect(await told('ledger', 'LEDGER_PAGES')).toEqual(Array(4).fill(undefined))
    expect(await history(west, 'cards')).toMatchObject([
      {
        author: 'promoter',
        signature: 'good',
        skippedRing: reason,
        sources: [await git('rev-parse', 'HEAD')],
      },
      { author: 'promoter', signature: 'good' },
      { author: 'promoter', signature: 'good' },
    ])
  })

  it('goes back by one command, and only for the release', async () => {
    const { exitCode, stderr } = await run('rollback', west, 'cards')
    expect(exitCode, stderr).toBe(0)
    expect(await told('cards', 'CARDS_PAGES')).toEqual(['7', '7', '7', '7'])
    expect(await inOrigin('diff', '--name-only', `env/${west}~2`, `env/${west}`)).toBe('')
  })

  it('goes further back when it is typed again', async () => {
    expect((await run('rollback', west, 'cards')).exitCode).toBe(0)
    expect(await told('cards', 'CARDS_PAGES')).toEqual(['7', '7', '7', undefined])
    expect((await run('rollback', west, 'cards')).stderr).toContain(
      `env/${west}: no change set of cards that has another before it  [NOTHING_TO_ROLL_BACK]`,
    )
    await promote(west, 'cards', '--allow-skip', 'forth again')
  })

  it('goes back as a whole without a name: the last change set is undone, and nothing else', async () => {
    const before = await headOf('env/dev')
    await promote('dev')
    expect(await told('ledger', 'LEDGER_PAGES')).toEqual(['5', undefined, undefined, undefined])
    const { exitCode, stderr } = await run('rollback', 'dev')
    expect(exitCode, stderr).toBe(0)
    expect(await inOrigin('diff', '--name-only', before, 'env/dev')).toBe('')
    expect(await inOrigin('rev-parse', 'env/dev~2')).toBe(before)
    expect((await run('rollback', 'dev')).exitCode).toBe(0)
    expect(await inOrigin('diff', '--name-only', `${before}^`, 'env/dev')).toBe('')
    await promote('dev', 'cards')
  })

  it('takes what another environment runs, though main has gone on', async () => {
    const tried = await git('rev-parse', 'HEAD')
    await merge(cards, pages(10))
    await merge(
      `environments/${central}/overrides/payments.yaml`,
      (text) => `${text}resources:\n  limits:\n    memory: 1537Mi\n`,
    )
    expect(await told('cards', 'CARDS_PAGES')).toEqual(['8', '7', '7', '8'])
    expect((await promote('staging', 'cards', '--from', 'dev')).changed).toEqual(['cards'])
    expect(await told('cards', 'CARDS_PAGES')).toEqual(['8', '8', '7', '8'])
    expect(await sourceOf('staging', 'cards')).toBe(tried)
    // As staging runs payments, this checkout renders it: what was changed for the region alone comes along.
    const { changed, moves } = await promote(central, '--from', 'staging')
    expect([changed.toSorted(), moves.map(({ ref }) => ref)]).toEqual([
      ['cards', 'payments'],
      [`env/${central}`],
    ])
    expect(await read(central, 'payments/values.yaml')).toContain('1537Mi')
    expect(await history(central, 'cards')).toMatchObject([
      { from: 'staging', sources: [tried, await git('rev-parse', 'HEAD')].sort() },
      {},
      {},
    ])
  })

  it('never takes a release back behind what is there', async () => {
    await promote(central, 'cards', '--allow-skip', 'ahead of staging')
    const before = await headOf(`env/${central}`)
    const named = await run('promote', central, 'cards', '--from', 'staging')
    expect([named.exitCode, named.stderr]).toEqual([
      1,
      expect.stringContaining(
        `env/${central}:cards: ${central} has cards of a later commit than ${(await sourceOf('staging', 'cards')).slice(0, 12)}, which staging has it of  [FROM_EARLIER]`,
      ),
    ])
    const whole = await run('promote', central, '--from', 'staging')
    expect([whole.exitCode, whole.stderr]).toEqual([
      0,
      expect.stringContaining(`${central}: cards stays, which is of a later commit than staging has`),
    ])
    expect(await headOf(`env/${central}`)).toBe(before)
    expect((await run('promote', central, '--from', 'nowhere')).stderr).toContain(
      '--from: there is no environment "nowhere"  [UNKNOWN_NAME]',
    )
  })

  it('writes nothing in a dry run', async () => {
    const before = await headOf('env/dev')
    const { stdout } = await run('promote', 'dev', 'cards', '--dry-run')
    expect(stdout).toContain('~ cards\n')
    expect(stdout).toContain('env/dev would change; nothing was written')
    expect(await headOf('env/dev')).toBe(before)
  })

  it('deletes nothing when it goes back', async () => {
    const [first = ''] = (await inOrigin('rev-list', '--reverse', 'env/dev')).split('\n')
    await workspace.startService('fees')
    expect((await promote('dev')).changed).toContain('fees')
    expect((await run('promote', 'dev', 'fees', '--from', 'staging')).stderr).toContain(
      'env/staging: staging does not run fees yet  [FROM_LACKS]',
    )
    const { stderr } = await run('rollback', 'dev', 'fees', '--to', first)
    expect(stderr).toContain(
      `env/dev:fees: the release was not there yet at ${first.slice(0, 12)}  [ROLLBACK_DELETES]`,
    )
  })

  it.each(['acounts', '', '..', '../accounts', 'accounts/values.yaml', '/accounts', 'a b', '*'])(
    'goes back to no release that there never was: "%s"',
    async (name) => {
      const words = [`there is no release "${name}"  [UNKNOWN_NAME]`]
      for (const command of ['rollback', 'history', 'diff', 'promote']) {
        const { exitCode, stderr } = await run(command, 'dev', '--', name)
        expect([command, exitCode, stderr]).toEqual([command, 2, expect.stringContaining(words.join())])
      }
    },
  )

  it('goes back to a commit by the name of the ref, too', async () => {
    const before = await headOf('env/dev')
    const { exitCode, stdout, stderr } = await run('rollback', 'dev', '--to', 'env/dev', '--dry-run')
    expect(exitCode, stderr).toBe(0)
    expect(stdout).toContain(`env/dev is as it was at ${before.slice(0, 12)}`)
  })

  it('goes back to commits of the same ref alone', async () => {
    const other = await headOf('env/staging')
    expect((await run('rollback', 'dev', '--to', other)).stderr).toContain('[ROLLBACK_TARGET]')
    const foreign = await git('rev-parse', 'HEAD')
    const { stderr } = await run('rollback', 'dev', 'cards', '--to', foreign)
    expect(stderr).toContain(`env/dev: ${foreign} is no commit of this ref  [ROLLBACK_TARGET]`)
  })

  it('takes a reason of one line alone for a skipped ring', async () => {
    const words = ['promote', 'staging', 'cards', '--allow-skip', 'urgent\nSource: mine']
    const { exitCode, stderr } = await run(...words)
    expect([exitCode, stderr]).toEqual([2, expect.stringContaining('wanted: the reason, in one line')])
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

  it('says of a change that was not generated that it is not in it', async () => {
    const { exitCode } = await run('set-image', 'cards', `9.9.9@sha256:${'9'.repeat(64)}`)
    expect(exitCode).toBe(0)
    await git('commit', '--quiet', '--all', '--message', 'forgotten')
    await git('push', '--quiet', 'origin', 'main')
    const { stderr } = await run('promote', 'dev', 'cards', '--dry-run')
    expect(stderr).toContain(
      'argocd/dev/values/cards.yaml: not what environments/ says; what is promoted is argocd/ as it is committed; next: opencore generate, and merge that first',
    )
    await git('reset', '--quiet', '--hard', 'HEAD^')
    await git('push', '--quiet', '--force', 'origin', 'main')
  })

  it('says that a ref was rewound', async () => {
    const before = await headOf('env/dev')
    await inOrigin('update-ref', 'refs/heads/env/dev', `${before}^`)
    const { exitCode, stderr } = await run('promote', 'dev', 'cards', '--dry-run')
    expect([exitCode, stderr]).toEqual([
      1,
      expect.stringContaining(`env/dev: the ref was at ${before.slice(0, 12)}, and is at `),
    ])
    expect(stderr).toContain('[REF_REWOUND]')
    await inOrigin('update-ref', 'refs/heads/env/dev', before)
  })

  it('takes only what is committed and merged', async () => {
    const file = join(workspace.folder, 'argocd/dev/values/cards.yaml')
    const text = await readFile(file, 'utf8')
    await writeFile(file, `${text}# by hand\n`)
    expect((await run('promote', 'dev')).stderr).toContain(
      'argocd/dev/values/cards.yaml: sources, or the tools that render them, differ from the commit that is checked out: argocd/dev/values/cards.yaml  [SOURCE_CHANGED]',
    )
    await git('commit', '--quiet', '--all', '--message', 'not merged')
    await git('branch', '--quiet', 'feature')
    await git('reset', '--quiet', '--hard', 'HEAD^')
    await git('switch', '--quiet', 'feature')
    expect((await run('promote', 'dev')).stderr).toContain('is not on the main branch  [SOURCE_NOT_ON_MAIN]')
    await git('switch', '--quiet', 'main')
  })
})

/** The functions of what is opened before the tests run. */
function lateBound(of: () => DeliveryWorkspace) {
  return {
    promote: (...args: string[]) => of().promote(...args),
    run: (...args: string[]) => of().run(...args),
    merge: (...args: Parameters<DeliveryWorkspace['merge']>) => of().merge(...args),
    git: (...args: string[]) => of().git(...args),
    inOrigin: (...args: string[]) => of().inOrigin(...args),
    headOf: (ref: string) => of().headOf(ref),
    read: (...args: [string, string]) => of().read(...args),
    sourceOf: (...args: [string, string]) => of().sourceOf(...args),
  }
}
