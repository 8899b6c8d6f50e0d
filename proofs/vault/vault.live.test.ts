import { installOpenBao } from '@opencore/servers'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { makeAccount } from './accounts.ts'
import { makeWriter, writer } from './make-writer.ts'
import { renderVault } from './render-vault.ts'
import { startVault, type Vault } from './start-vault.ts'
import type { VaultCase } from './vault-case.ts'

// What the chart renders, by the real OpenBao, which asks a real API server whose tokens it is shown.

const installation = await installOpenBao()
const missing = 'missing' in installation ? installation.missing : undefined
const namespace = 'banking-services'
const audience = 'openbao'
/** Secrets of the clients, by their name. */
const passwords = { accounts: '5e5a3e-of-accounts', cards: '5e5a3e-of-cards' }
const client = (name: string) => ({ namespace, serviceAccount: name, read: [`services/dev/${name}`] })

/** Somebody who brings the secrets of one client. */
const keeper = { namespace: 'people', serviceAccount: 'keeper', write: ['services/dev/accounts'] }

/** What the chart makes for clients of these names. */
const render = (names: readonly string[], { unknown = 'report', writers = {} } = {}) =>
  renderVault({
    tier: 'development',
    tls: { issuerRef: { name: 'banking-ca' } },
    seal: { type: 'static' },
    configuration: {
      unknown,
      writers,
      clients: Object.fromEntries(names.map((name) => [name, client(name)])),
    },
  })

describe('charts/vault', () => {
  let vault: Vault
  let both: VaultCase
  /** What the Job said, the first time and the second. */
  const said: string[] = []

  beforeAll(async () => {
    if ('missing' in installation) return
    both = await render(['accounts', 'cards'], { writers: { keeper } })
    vault = await startVault(installation, both)
    for (const name of ['accounts', 'cards', 'stranger'])
      await makeAccount(vault.api.client, { namespace, name })
    await makeAccount(vault.api.client, { namespace: 'elsewhere', name: 'accounts' })
    await makeAccount(vault.api.client, keeperAccount)
    said.push(await vault.configure(both), await vault.configure(both))
    await writeSecrets()
  }, 180_000)
  afterAll(async () => {
    if ('missing' in installation) return
    await vault.stop()
    await installation.remove()
  })

  const keeperAccount = { namespace: keeper.namespace, name: keeper.serviceAccount }
  const account = (name: string) => ({ namespace, name })
  const tokenOf = async (name: string) =>
    (await vault.logIn(account(name), name, audience)).auth?.client_token
  const read = (token: string | undefined, path: string) =>
    vault.ask({ method: 'GET', path: `kv/data/services/dev/${path}`, ...(token !== undefined && { token }) })
  const status = async (answer: Promise<{ status: number }>) => (await answer).status

  it('is configured by its Job, any number of times', ({ skip }) => {
    skip(missing !== undefined, missing)
    for (const text of said) expect(text).not.toContain('exit code')
    expect(said[0]).toContain('Success! Data written to: sys/mounts/kv')
    expect(said[1]).not.toContain('sys/mounts/kv')
    for (const text of said) expect(text).not.toContain('unknown')
  })
  it('lets an account read its own folder, and nobody else there', async ({ skip }) => {
    skip(missing !== undefined, missing)
    const token = await tokenOf('accounts')
    expect((await read(token, 'accounts/smtp')).data).toMatchObject({
      data: { password: passwords.accounts },
    })
    expect(await status(read(token, 'cards/smtp'))).toBe(403)
    expect(await status(read(await tokenOf('cards'), 'accounts/smtp'))).toBe(403)
    expect(await status(read(undefined, 'accounts/smtp'))).toBe(403)
  })
  it('lets it do nothing but read', async ({ skip }) => {
    skip(missing !== undefined, missing)
    const token = (await tokenOf('accounts')) ?? ''
    const body = { data: { password: 'mine' } }
    const path = 'kv/data/services/dev/accounts/smtp'
    expect(await status(vault.ask({ method: 'POST', path, token, body }))).toBe(403)
    expect(await status(vault.ask({ method: 'DELETE', path, token }))).toBe(403)
    const folders = 'kv/metadata/services/dev'
    expect(await status(vault.ask({ method: 'LIST', path: folders, token }))).toBe(403)
    expect(await status(vault.ask({ method: 'LIST', path: 'auth/kubernetes/role', token }))).toBe(403)
  })
  it('lets a writer write its folder, read none, and write no other', async ({ skip }) => {
    skip(missing !== undefined, missing)
    const { auth } = await vault.logIn(keeperAccount, 'keeper', audience)
    const token = auth?.client_token ?? ''
    const write = (path: string) =>
      vault.ask({ method: 'POST', path, token, body: { data: { password: '5e5a3e-of-keeper' } } })
    const mine = 'services/dev/accounts/cache'
    expect(await status(write(`kv/data/${mine}`))).toBe(200)
    expect(await status(write(`kv/data/${mine}`))).toBe(200)
    const body = { max_versions: 5 }
    expect(await status(vault.ask({ method: 'POST', path: `kv/metadata/${mine}`, token, body }))).toBe(204)
    expect((await read(await tokenOf('accounts'), 'accounts/cache')).data).toMatchObject({
      data: { password: '5e5a3e-of-keeper' },
    })
    expect(await status(write('kv/data/services/dev/cards/smtp'))).toBe(403)
    const path = 'kv/metadata/services/dev/cards/smtp'
    expect(await status(vault.ask({ method: 'POST', path, token, body }))).toBe(403)
    for (const folder of ['accounts', 'cards']) expect(await status(read(token, `${folder}/smtp`))).toBe(403)
    expect(await status(vault.logIn(account('cards'), 'keeper', audience))).toBe(403)
  })
  it('gives it a token that is kept nowhere and ends by itself', async ({ skip }) => {
    skip(missing !== undefined, missing)
    const { auth } = await vault.logIn(account('accounts'), 'accounts', audience)
    expect(auth).toMatchObject({ token_type: 'batch', policies: ['accounts'], lease_duration: 900 })
  })
  it.each([
    ['for the Kubernetes API', account('accounts'), undefined],
    ['for another audience', account('accounts'), 'istio-ca'],
    ['of the same account in another namespace', { namespace: 'elsewhere', name: 'accounts' }, audience],
    ['of another account', account('cards'), audience],
    ['of an account without secrets', account('stranger'), audience],
  ])('refuses a token %s', async (_, who, tokenAudience) => {
    if (missing !== undefined) return
    expect(await vault.logIn(who, 'accounts', tokenAudience)).toMatchObject({ status: 403 })
  })
  it('lets the Job read no secret', async ({ skip }) => {
    skip(missing !== undefined, missing)
    expect(await status(read(await jobToken(), 'accounts/smtp'))).toBe(403)
  })
  it('has no token of root', async ({ skip }) => {
    skip(missing !== undefined, missing)
    const token = (await vault.logIn(writer, 'writer', audience)).auth?.client_token
    const { data } = await vault.ask({ method: 'LIST', path: 'auth/token/accessors', token: token ?? '' })
    // Batch tokens are kept nowhere, so nobody has one.
    expect(data?.['keys'] ?? []).toEqual([])
  })
  it('writes who read what into its audit log, and neither a secret nor a token', async ({ skip }) => {
    skip(missing !== undefined, missing)
    const token = (await tokenOf('accounts')) ?? ''
    await read(token, 'accounts/smtp')
    const audit = await vault.readAudit()
    expect(audit).toContain('kv/data/services/dev/accounts/smtp')
    expect(audit).toContain('"service_account_name":"accounts"')
    for (const secret of [...Object.values(passwords), token]) {
      expect(audit).not.toContain(secret)
      expect(vault.output()).not.toContain(secret)
    }
  })
  it('tells of what nobody configured, and leaves it where it is not told to remove it', async ({ skip }) => {
    skip(missing !== undefined, missing)
    const text = await vault.configure(both)
    expect(text).toContain('unknown role: writer\nunknown policy: writer')
    expect((await vault.logIn(writer, 'writer', audience)).status).toBe(200)
  })
  it('takes the rights of what is left out, with a token that was given before', async ({ skip }) => {
    skip(missing !== undefined, missing)
    const before = await tokenOf('cards')
    expect(await status(read(before, 'cards/smtp'))).toBe(200)
    expect(
      await vault.configure(await render(['accounts'], { unknown: 'remove', writers: { keeper } })),
    ).not.toContain('exit code')
    expect(await status(read(before, 'cards/smtp'))).toBe(403)
    expect(await status(vault.logIn(account('cards'), 'cards', audience))).toBe(400)
    expect(await status(vault.logIn(keeperAccount, 'keeper', audience))).toBe(200)
    expect(await status(read(await tokenOf('accounts'), 'accounts/smtp'))).toBe(200)
  })

  /** A token by which the Job works. */
  async function jobToken(): Promise<string> {
    const { auth } = await vault.logIn(
      { namespace: both.home, name: both.jobAccount },
      'configurator',
      audience,
    )
    return auth?.client_token ?? expect.fail('the Job cannot log in')
  }

  /** A secret of each client, written by somebody of whom no configuration knows. */
  async function writeSecrets(): Promise<void> {
    const write = await makeWriter(vault, both)
    for (const [name, password] of Object.entries(passwords))
      await write(`services/dev/${name}/smtp`, { password })
  }
})
