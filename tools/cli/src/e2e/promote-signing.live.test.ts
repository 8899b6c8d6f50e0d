import { makeKey } from '@opencore/delivery/testing'
import { appendFile, cp, mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { execa } from 'execa'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { listKeys, openDeliveryWorkspace, setVariable, type DeliveryWorkspace } from './delivery-workspace.ts'
import { hasGnupg, opencore } from './opencore.ts'

// Who may sign what runs in production: what is wrong with a key is said, and nothing is signed on top of what nobody signed.

const environment = 'prod-eu-west-1'
const ref = `env/${environment}`
const tier = 'environments/tiers/production.ts'

describe.skipIf(!hasGnupg)('signing', () => {
  let workspace: DeliveryWorkspace
  let second = ''
  let old = ''

  beforeAll(async () => {
    workspace = await openDeliveryWorkspace()
    const { promote, merge, env, key } = workspace
    for (const name of ['prod-eu-central-1', environment])
      await promote(name, '--allow-skip', 'the first one')
    second = await makeKey(env, 'second@localhost')
    old = await makeKey(env, 'old@localhost', { from: '20200101T000000', validity: '1d' })
    await merge(tier, (text) => listKeys(text, [key, old]))
    await merge('environments/services/cards.ts', setVariable('CARDS_PAGES', '7'))
  })
  afterAll(() => workspace.remove())

  const head = () => workspace.headOf(ref)
  const lastOf = async () => {
    const { stdout } = await workspace.run('history', environment, '--limit', '1', '-o', 'json')
    return (JSON.parse(stdout) as { signature: string; key: string; subject: string }[])[0]
  }
  const hotfix = ['promote', environment, 'cards', '--allow-skip', 'in a hurry']
  /** Programs by which git signs, as whoever signed when the key was good. */
  const signBefore = async () => {
    const program = join(workspace.scratch, 'gpg-in-2020')
    await writeFile(program, '#!/bin/sh\nexec gpg --faked-system-time 20200101T120000 "$@"\n', {
      mode: 0o755,
    })
    return [`gpg.program=${program}`, 'user.signingKey=old@localhost', 'commit.gpgSign=true']
  }

  it.each([
    ['a key that is not here', { 'user.signingKey': 'nobody@localhost' }, 'SIGNING_KEY_MISSING'],
    ['a key that has expired', { 'user.signingKey': 'old@localhost' }, 'SIGNING_KEY_EXPIRED'],
    ['a key of somebody else', { 'user.signingKey': 'second@localhost' }, 'SIGNING_KEY_UNLISTED'],
    ['no name', { 'user.name': '' }, 'COMMITTER_UNKNOWN'],
  ])('refuses %s, and changes nothing', async (_, settings, code) => {
    const before = await head()
    for (const words of [hotfix, ['rollback', environment, 'cards', '--to', before]]) {
      const { exitCode, stderr } = await workspace.runAs(settings, ...words)
      expect([exitCode, stderr]).toEqual([2, expect.stringContaining(`[${code}]`)])
    }
    expect(await head()).toBe(before)
  })

  it('says at once what lacks here and what lacks before, also in a dry run', async () => {
    const nobody = { 'user.signingKey': 'nobody@localhost' }
    const rings = expect.stringMatching(/\[STANDBY_BEHIND\][^]*\[RING_SKIPPED\]/) as string
    const words = ['promote', environment, 'cards']
    const refused = await workspace.runAs(nobody, ...words)
    expect([refused.exitCode, refused.stderr]).toEqual([2, rings])
    expect(refused.stderr).toMatch(/\[SIGNING_KEY_MISSING\]\n/)
    const tried = await workspace.runAs(nobody, ...words, '--dry-run')
    expect([tried.exitCode, tried.stderr]).toEqual([1, rings])
    expect(tried.stderr).toContain('[SIGNING_KEY_MISSING] (warning)')
    const back = await workspace.runAs(nobody, 'rollback', environment, '--to', 'nowhere')
    expect([back.exitCode, back.stderr]).toEqual([2, expect.stringContaining('[SIGNING_KEY_MISSING]')])
    expect(back.stderr).toContain('nowhere is no commit of this ref  [ROLLBACK_TARGET]')
  })

  it('says that GnuPG does not sign, and changes nothing', async () => {
    const before = await head()
    const program = join(workspace.scratch, 'gpg-without-terminal')
    const script = '#!/bin/sh\ncase "$*" in *-bsa*) exit 2 ;; esac\nexec gpg "$@"\n'
    await writeFile(program, script, { mode: 0o755 })
    const { exitCode, stderr } = await workspace.runAs({ 'gpg.program': program }, ...hotfix)
    expect([exitCode, stderr]).toEqual([
      2,
      expect.stringContaining(
        'git commit-tree -S: GnuPG did not sign: error: gpg failed to sign the data  [SIGNING_FAILED]',
      ),
    ])
    expect(await head()).toBe(before)
  })

  it('shows what would change to whoever has neither key nor name', async () => {
    const env = { GNUPGHOME: join(workspace.scratch, 'nothing'), GIT_CONFIG_COUNT: '0' }
    await mkdir(env.GNUPGHOME, { mode: 0o700 })
    const { key } = workspace
    await execa('gpg', ['--batch', '--import'], { env, input: await publicKey(key) })
    await workspace.git('config', '--unset', 'user.name')
    const { exitCode, stdout, stderr } = await opencore([...hotfix, '--dry-run'], {
      cwd: workspace.folder,
      env,
    })
    expect([exitCode, stdout]).toEqual([0, expect.stringContaining('~ cards')])
    expect(stderr).toContain('[SIGNING_KEY_MISSING] (warning)')
    await workspace.git('config', 'user.name', 'promoter')
  })

  it('says that a key of the tier is not in the keyring', async () => {
    const env = { GNUPGHOME: join(workspace.scratch, 'other') }
    await mkdir(env.GNUPGHOME, { mode: 0o700 })
    const { exitCode, stderr } = await opencore([...hotfix, '--dry-run'], { cwd: workspace.folder, env })
    expect(exitCode).toBe(1)
    expect(stderr).toContain(
      `is signed by ${workspace.key}, whose public key is not in this keyring  [REF_UNSIGNED]`,
    )
    expect(stderr).toContain('gpg --import that public key')
  })

  it('builds nothing on what nobody signed, and goes back as a whole to what was', async () => {
    const before = await head()
    const pushed = await workspace.push(ref, async (clone) => {
      await appendFile(join(clone, 'ledger', 'manifests.yaml'), '# mine\n')
      await cp(join(clone, 'cards'), join(clone, 'mine'), { recursive: true })
      await writeFile(join(clone, '.github', 'CODEOWNERS'), '* @intruder\n')
    })
    for (const command of ['promote', 'rollback']) {
      const { exitCode, stderr } = await workspace.run(command, environment, 'cards')
      expect(exitCode).toBe(1)
      expect(stderr).toContain(`${ref}: commit ${pushed.slice(0, 12)} has no signature  [REF_UNSIGNED]`)
      expect(stderr).toContain(`opencore rollback ${environment}: to what was signed last, as a whole`)
    }
    const { exitCode, stdout, stderr } = await workspace.run('rollback', environment)
    expect(exitCode, stderr).toBe(0)
    expect(stdout).toMatch(
      /! file \.github\/CODEOWNERS: somebody changed by hand who approves; .*; it becomes: \+ /,
    )
    expect(await workspace.inOrigin('diff', '--name-only', before, ref)).toBe('')
    expect(await workspace.inOrigin('rev-parse', `${ref}^`)).toBe(pushed)
    expect(await lastOf()).toMatchObject({ signature: 'good' })
    const again = await workspace.run('rollback', environment, '--to', pushed)
    expect([again.exitCode, again.stderr]).toEqual([
      1,
      expect.stringContaining(
        `${ref}: commit ${pushed.slice(0, 12)}, to go back to, has no signature  [ROLLBACK_UNSIGNED]`,
      ),
    ])
  })

  it('signs the whole environment again where the key of its head has expired', async () => {
    const before = await head()
    const pushed = await workspace.push(ref, () => Promise.resolve(), ...(await signBefore()))
    for (const words of [hotfix, ['rollback', environment, 'cards']]) {
      const { exitCode, stderr } = await workspace.run(...words)
      expect(exitCode).toBe(1)
      expect(stderr).toContain(
        `${ref}: commit ${pushed.slice(0, 12)} is signed by ${old}, which has expired  [REF_UNSIGNED]`,
      )
      expect(stderr).toContain(`opencore promote ${environment} --from ${environment}: `)
    }
    const { changed, moves } = await workspace.promote(environment, '--from', environment)
    expect([changed, moves.map((move) => move.ref)]).toEqual([[], [ref]])
    expect(await lastOf()).toMatchObject({
      signature: 'good',
      subject: `promote ${environment}: signed again`,
    })
    expect(await workspace.inOrigin('diff', '--name-only', before, ref, '--', '*manifests.yaml')).toBe('')
  })

  it('goes back past what was only signed again', async () => {
    expect((await workspace.promote(...hotfix.slice(1))).changed).toEqual(['cards'])
    const before = await workspace.inOrigin('rev-parse', `${ref}^:cards/manifests.yaml`)
    await workspace.push(ref, () => Promise.resolve(), ...(await signBefore()))
    await workspace.promote(environment, '--from', environment)
    for (const words of [[], ['cards']]) {
      const { exitCode, stderr } = await workspace.run('rollback', environment, ...words)
      expect(exitCode, stderr).toBe(0)
      expect(await workspace.inOrigin('rev-parse', `${ref}:cards/manifests.yaml`)).toBe(before)
      await workspace.promote(...hotfix.slice(1))
    }
  })

  it('signs the whole environment again before a key ends as well', async () => {
    await workspace.merge(tier, (text) => listKeys(text, [workspace.key, second]))
    const before = await head()
    const words = ['promote', environment, '--from', environment]
    const { exitCode, stderr } = await workspace.runAs({ 'user.signingKey': 'second@localhost' }, ...words)
    expect(exitCode, stderr).toBe(0)
    expect(await workspace.inOrigin('log', '-1', '--format=%GK %P', ref)).toBe(`${second} ${before}`)
    expect(await workspace.inOrigin('diff', '--name-only', before, ref, '--', '*manifests.yaml')).toBe('')
  })

  it('knows a ref that was rewound by what the others saw, in a checkout that never was there', async () => {
    const central = 'prod-eu-central-1'
    const before = await workspace.headOf(`env/${central}`)
    const rewind = async () => {
      await workspace.inOrigin('update-ref', `refs/heads/env/${central}`, before)
      const seen = await workspace.git('for-each-ref', '--format=delete %(refname)', 'refs/opencore/seen')
      await execa('git', ['update-ref', '--stdin'], { cwd: workspace.folder, input: `${seen}\n` })
    }
    await workspace.promote(central, 'cards', '--allow-skip', 'to be lost')
    const lost = await workspace.headOf(`env/${central}`)
    await workspace.merge('environments/services/cards.ts', setVariable('CARDS_PAGES', '8'))
    expect((await workspace.promote(...hotfix.slice(1))).changed).toEqual(['cards'])
    await rewind()
    for (const command of ['promote', 'rollback']) {
      const { exitCode, stderr } = await workspace.run(command, central, 'cards')
      expect(exitCode).toBe(1)
      expect(stderr).toContain(`env/${central}: ${ref} saw the ref at ${lost.slice(0, 12)}, and it is at `)
      expect(stderr).toContain('[REF_REWOUND]')
      expect(stderr).toContain(`git push origin ${lost}:refs/heads/env/${central}`)
    }
    // Who is not asked goes on, and says on what it saw.
    await workspace.merge('environments/services/cards.ts', setVariable('CARDS_PAGES', '9'))
    expect((await workspace.promote(...hotfix.slice(1))).changed).toEqual(['cards'])
    expect((await workspace.run('promote', central, 'cards', '--dry-run')).stderr).toContain('[REF_REWOUND]')
    await workspace.promote(central, '--from', central)
    await workspace.promote(central, 'cards', '--allow-skip', 'known')
    await workspace.promote(...hotfix.slice(1), '--dry-run')
  })

  it('lets another key take over, of the hub as well', async () => {
    await workspace.merge(tier, (text) => listKeys(text, [second]))
    const asSecond = (...args: string[]) =>
      workspace.runAs({ 'user.signingKey': 'second@localhost' }, ...args)
    const refused = await asSecond(...hotfix)
    expect([refused.exitCode, refused.stderr]).toEqual([
      1,
      expect.stringContaining(`is signed by ${workspace.key}, which is none of the tier’s keys`),
    ])
    for (const name of ['prod-eu-central-1', environment]) {
      const { exitCode, stderr } = await asSecond('promote', name, '--allow-skip', 'another key')
      expect(exitCode, stderr).toBe(0)
      expect(stderr).toContain(`env/${name}: commit`)
    }
    for (const one of [ref, 'hub/production'])
      expect(await workspace.inOrigin('log', '-1', '--format=%GK', one)).toBe(second)
    const { stdout } = await workspace.run('history', environment, '--limit', '2', '-o', 'json')
    expect(JSON.parse(stdout)).toMatchObject([{ signature: 'good' }, { signature: 'foreign key' }])
    expect(await workspace.inOrigin('ls-tree', '--name-only', 'hub/production:argocd')).toBe(
      'prod-eu-central-1\nprod-eu-west-1',
    )
  })

  const publicKey = async (key: string) =>
    (await execa('gpg', ['--armor', '--export', key], { env: workspace.env })).stdout
})
