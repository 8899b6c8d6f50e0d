import { execa } from 'execa'
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Repository } from '../git.ts'
import { readHistory } from '../read-history.ts'
import { hasGnupg, makeKey } from '../testing.ts'
import { commitTree } from '../write-ref.ts'
import { checkSigner, findSigned, isTaken, wasTaken, type Taken } from './check-signer.ts'

/** A history, the oldest first: by whom each of its commits is signed. */
const history = ['good', 'none', 'old', 'other', 'revoked', 'gone'] as const

describe.skipIf(!hasGnupg)(checkSigner, () => {
  let folder: string
  let repository: Repository
  const ids: Record<string, string> = {}
  const commits: Record<string, string> = {}

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'opencore-signer-'))
    const home = join(folder, 'gnupg')
    await mkdir(home, { mode: 0o700 })
    const names = ['AUTHOR', 'COMMITTER'].flatMap((role) => [
      [`GIT_${role}_NAME`, 'tester'],
      [`GIT_${role}_EMAIL`, 'tester@localhost'],
    ])
    const env = {
      GNUPGHOME: home,
      GIT_CONFIG_GLOBAL: '/dev/null',
      ...(Object.fromEntries(names) as Record<string, string>),
    }
    repository = { folder: join(folder, 'repository.git'), env }
    await execa('git', ['init', '--quiet', '--bare', repository.folder], { env })
    for (const name of ['good', 'other', 'revoked', 'gone'])
      ids[name] = await makeKey(env, `${name}@localhost`)
    ids['old'] = await makeKey(env, 'old@localhost', { from: '20200101T000000', validity: '1d' })
    // Who signed in time is expired now: as anybody, once a key has come to its end.
    const before = join(folder, 'gpg-in-2020')
    await writeFile(before, '#!/bin/sh\nexec gpg --faked-system-time 20200101T120000 "$@"\n', { mode: 0o755 })
    let parent: string | undefined
    for (const name of history) {
      const program = name === 'old' ? before : 'gpg'
      await execa('git', ['--git-dir', repository.folder, 'config', 'gpg.program', program], { env })
      const sign = name === 'none' ? false : `${name}@localhost`
      const update = { message: name, files: [{ path: 'file', text: name }], sign }
      parent = commits[name] = await commitTree(repository, update, parent)
    }
    await execa('git', ['--git-dir', repository.folder, 'config', '--unset', 'gpg.program'], { env })
    const gone = await fingerprint(env, 'gone')
    await execa('gpg', ['--batch', '--yes', '--delete-secret-and-public-key', gone], { env })
    // GnuPG writes one for each key that it makes, with a colon before it so that nobody imports it by mistake.
    const certificate = join(home, 'openpgp-revocs.d', `${await fingerprint(env, 'revoked')}.rev`)
    const revocation = (await readFile(certificate, 'utf8')).replace(/^:/m, '')
    await execa('gpg', ['--batch', '--import'], { env, input: revocation })
  })
  afterAll(async () => {
    await execa('gpgconf', ['--kill', 'gpg-agent'], { env: repository.env ?? {} })
    await rm(folder, { recursive: true, force: true })
  })

  const fingerprint = async (env: Record<string, string>, name: string) => {
    const { stdout } = await execa('gpg', ['--with-colons', '--fingerprint', `${name}@localhost`], { env })
    return /^fpr:+([0-9A-F]{40}):/m.exec(stdout)?.[1] ?? ''
  }
  const check = (name: string, keys: readonly string[]) =>
    checkSigner(
      repository,
      commits[name] ?? '',
      keys.map((key) => ids[key] ?? ''),
    )

  it('takes a signature by a listed key, and anything where none is listed', async () => {
    expect(await check('good', ['other', 'good'])).toBeUndefined()
    for (const name of history) expect(await check(name, [])).toBeUndefined()
  })

  it.each([
    ['none', 'absent', 'has no signature'],
    ['other', 'foreign', 'is signed by KEY, which is none of the tier’s keys'],
    ['old', 'expired', 'is signed by KEY, which has expired'],
    ['revoked', 'revoked', 'is signed by KEY, which was revoked'],
    ['gone', 'unknown', 'is signed by KEY, whose public key is not in this keyring'],
  ])('of a commit by %s says that it is %s', async (name, kind, words) => {
    expect(await check(name, ['good', 'old', 'revoked', 'gone'])).toEqual({
      kind,
      words: words.replace('KEY', ids[name] ?? ''),
    })
  })

  it('does not take a signature that GnuPG cannot be asked about for none', async () => {
    const settings = { GIT_CONFIG_COUNT: '1', GIT_CONFIG_KEY_0: 'gpg.program', GIT_CONFIG_VALUE_0: 'false' }
    const without = { ...repository, env: { ...repository.env, ...settings } }
    expect(await checkSigner(without, commits['good'] ?? '', [ids['good'] ?? ''])).toEqual({
      kind: 'unreadable',
      words: 'has a signature that GnuPG does not read here',
    })
  })

  it('is said by the history: whoever else signed, Argo CD does not take it', async () => {
    const of = async (...keys: string[]) => {
      const query = { limit: 9, keys: keys.map((key) => ids[key] ?? '') }
      const entries = await readHistory(repository, commits['gone'] ?? '', query)
      return entries.map(({ signature }) => signature).reverse()
    }
    const all = ['good', 'none', 'expired', 'good', 'revoked', 'unknown key']
    expect(await of()).toEqual(all)
    expect(await of('good', 'old', 'other', 'revoked', 'gone')).toEqual(all)
    const foreign = 'foreign key'
    expect(await of('good')).toEqual(['good', 'none', foreign, foreign, foreign, foreign])
  })

  it('finds what was signed last, by a listed key that is good, or was then', async () => {
    const find = (accepts: Taken, ...keys: string[]) => {
      const known = keys.map((key) => ids[key] ?? '')
      return findSigned(repository, commits['gone'] ?? '', known, accepts)
    }
    expect(await find(isTaken, 'good', 'old')).toBe(commits['good'])
    expect(await find(wasTaken, 'good', 'old')).toBe(commits['old'])
    expect(await find(wasTaken, 'gone')).toBeUndefined()
  })
})
