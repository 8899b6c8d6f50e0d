import { execa } from 'execa'
import { mkdir, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Repository } from '../git.ts'
import { hasGnupg, makeKey } from '../testing.ts'
import { checkCommitter } from './check-committer.ts'

describe.skipIf(!hasGnupg)(checkCommitter, () => {
  let folder: string
  let env: Record<string, string>
  const ids: Record<string, string> = {}

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'opencore-signing-'))
    const home = join(folder, 'gnupg')
    await mkdir(home, { mode: 0o700 })
    env = { GNUPGHOME: home, GIT_CONFIG_GLOBAL: '/dev/null', GIT_CONFIG_SYSTEM: '/dev/null' }
    for (const name of ['good@localhost', 'other@localhost']) ids[name] = await makeKey(env, name)
    ids['old@localhost'] = await makeKey(env, 'old@localhost', { from: '20200101T000000', validity: '1d' })
  })
  afterAll(async () => {
    await execa('gpgconf', ['--kill', 'gpg-agent'], { env })
    await rm(folder, { recursive: true, force: true })
  })

  /** A repository with a configuration of its own; tells what is wrong with who would commit there. */
  const check = async (settings: Record<string, string>, keys: readonly string[]) => {
    const repository: Repository = { folder: await mkdtemp(join(folder, 'repository-')), env }
    await execa('git', ['init', '--quiet', '--bare', repository.folder], { env })
    for (const [name, value] of Object.entries(settings))
      await execa('git', ['--git-dir', repository.folder, 'config', name, value], { env })
    return checkCommitter(repository, { ref: 'env/prod', keys })
  }
  const named = { 'user.name': 'Someone', 'user.email': 'good@localhost' }
  const by = (name: string) => ({ ...named, 'user.signingKey': name })
  const listed = () => [ids['good@localhost'] ?? '']

  it('takes a listed key, by its name, its id or the committer’s address', async () => {
    for (const settings of [named, by('good@localhost'), by(ids['good@localhost'] ?? '')])
      expect(await check(settings, settings === named ? [] : listed())).toEqual([])
  })

  it('asks for no key where nothing is signed, and for a name everywhere', async () => {
    expect(await check(by('nobody@localhost'), [])).toEqual([])
    const nameless = { 'user.email': 'good@localhost', 'user.useConfigOnly': 'true' }
    expect(await check(nameless, [])).toEqual([
      {
        code: 'COMMITTER_UNKNOWN',
        severity: 'error',
        at: { file: 'env/prod' },
        found: 'git does not know who commits: no name was given and auto-detection is disabled',
        wanted: 'a name and an address: the history of the ref says who changed it',
        next: 'git config user.name "Your Name" && git config user.email you@bank.example',
      },
    ])
  })

  it('says which key is missing', async () => {
    expect(await check(by('nobody@localhost'), listed())).toEqual([
      {
        code: 'SIGNING_KEY_MISSING',
        severity: 'error',
        at: { file: 'env/prod' },
        found: 'GnuPG has no secret key of nobody@localhost here',
        wanted: `a key to sign with, one of ${listed().join('')} (signingKeys of the tier)`,
        next: 'git config user.signingKey ID, of those that gpg --list-secret-keys shows; without one, look with --dry-run and ask who has one',
      },
    ])
  })

  it('says since when a key is expired', async () => {
    expect(await check(by('old@localhost'), [...listed(), ids['old@localhost'] ?? ''])).toEqual([
      {
        code: 'SIGNING_KEY_EXPIRED',
        severity: 'error',
        at: { file: 'env/prod' },
        found: `key ${ids['old@localhost'] ?? ''} expired on 2020-01-02`,
        wanted: `a key that signs, one of ${listed().join('')}, ${ids['old@localhost'] ?? ''} (signingKeys of the tier)`,
        next: 'sign with another (git config user.signingKey ID), or prolong it (gpg --quick-set-expire FINGERPRINT 1y) and give Argo CD its public key again (docs/first-cluster.md, Production)',
      },
    ])
  })

  it('says that a key is none of the tier’s', async () => {
    expect(await check(by('other@localhost'), listed())).toEqual([
      {
        code: 'SIGNING_KEY_UNLISTED',
        severity: 'error',
        at: { file: 'env/prod' },
        found: `git signs with ${ids['other@localhost'] ?? ''}, which Argo CD does not take here`,
        wanted: `one of ${listed().join('')} (signingKeys of the tier)`,
        next: 'git config user.signingKey ID, or let the platform team list your key: environments/tiers, a merge to main, and the hub promoted',
      },
    ])
  })

  it('leaves to signing what another program than GnuPG signs with', async () => {
    expect(await check({ ...by('x'), 'gpg.program': '/bin/false' }, listed())).toEqual([])
  })
})
