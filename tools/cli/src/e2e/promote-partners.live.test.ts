import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openDeliveryWorkspace, type DeliveryWorkspace } from './delivery-workspace.ts'

// Releases that need each other: who comes first, with whom, and who goes.

describe('promote', () => {
  let workspace: DeliveryWorkspace

  beforeAll(async () => {
    workspace = await openDeliveryWorkspace()
    await workspace.promote('dev')
  })
  afterAll(() => workspace.remove())

  const head = () => workspace.headOf('env/dev')
  const refused = (...words: string[]) => workspace.refused('dev', ...words)

  it('lets who calls come after who is called, and says in one command who has to come with it', async () => {
    await workspace.startService('tariffs')
    await workspace.merge('environments/services/tariffs.ts', (text) =>
      text.replace(
        'uses: {}',
        "uses: { services: ['customers', 'ledger', 'cards'], kafka: { name: 'events', consumer: { topics: ['payments.events'] } } }",
      ),
    )
    expect((await workspace.promote('dev', 'customers')).changed).toEqual(['customers'])
    const stderr = await refused('tariffs')
    for (const code of ['FLOW_BLOCKED', 'MESH_CALL_REFUSED', 'CONFIGURATION_MISSING'])
      expect(stderr).toContain(`[${code}]`)
    const next = stderr.match(/^ {2}next {2}opencore .*/gm) ?? []
    expect([...new Set(next)]).toEqual(['  next  opencore promote dev tariffs cards events ledger telemetry'])
    const together = ['cards', 'events', 'ledger', 'tariffs', 'telemetry']
    expect((await workspace.promote('dev', ...together)).changed.toSorted()).toEqual(together)
  })

  it('keeps who is called open for a caller that is to go, and says what comes back and is not on the hub', async () => {
    for (const file of ['services/tariffs.ts', 'images/tariffs.yaml'])
      await workspace.git('rm', '--quiet', `environments/${file}`)
    const gone = ['dev', 'staging', 'prod-eu-central-1', 'prod-eu-west-1'].map((name) => `${name}/tariffs`)
    expect((await workspace.run('generate', '--allow-delete', ...gone)).exitCode).toBe(0)
    await workspace.merge('environments/services/customers.ts', (text) => text)
    const stderr = await refused('customers')
    expect(stderr).toContain('flow tariffs -> customers TCP 8080 is blocked at its destination')
    expect([...new Set(stderr.match(/^ {2}next {2}opencore .*/gm))]).toEqual(['  next  opencore promote dev'])
    const { removed, back } = await workspace.promote('dev')
    expect([removed, back]).toEqual([['tariffs'], undefined])

    const before = await head()
    const dry = await workspace.run('rollback', 'dev', '--dry-run')
    expect(dry.exitCode, dry.stderr).toBe(0)
    expect(dry.stderr).toContain(
      'hub/nonproduction: dev has no Application of tariffs, so nothing syncs it; this commit does not define tariffs for dev either: define it there again and merge, then: opencore promote dev tariffs --from dev\n',
    )
    expect(dry.stdout).toContain('env/dev:\n')
    expect(dry.stdout).toContain('  + tariffs may now reach ')
    expect(dry.stdout).toMatch(/\nenv\/dev would be as it was at [0-9a-f]{12}; nothing was written$/)
    expect(await head()).toBe(before)
    const done = await workspace.run('rollback', 'dev', '-o', 'json')
    expect(done.exitCode, done.stderr).toBe(0)
    expect(JSON.parse(done.stdout)).toMatchObject({
      before,
      changes: [{ ref: 'env/dev' }],
      unlisted: ['tariffs'],
    })
    await workspace.promote('dev')

    // Of a state with a release that is gone since, one alone is no state that ran.
    const alone = await workspace.run('rollback', 'dev', 'customers', '--to', `${before}^`)
    expect([alone.exitCode, alone.stderr]).toEqual([
      1,
      expect.stringContaining('[NETWORK_POLICY_PEER_UNKNOWN]'),
    ])
    const old = (await workspace.inOrigin('rev-parse', `${before}^`)).slice(0, 12)
    expect([...new Set(alone.stderr.match(/^ {2}next {2}customers .*/gm))]).toEqual([
      `  next  customers of then goes with tariffs, which is not there any more: all of it as it was then, with tariffs: opencore rollback dev --to ${old}; or a change set of customers without tariffs: opencore history dev customers, then --to`,
    ])
  })
})
