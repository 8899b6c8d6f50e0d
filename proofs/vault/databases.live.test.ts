import { installOpenBao, installPostgres, type Postgres } from '@opencore/servers'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { makeAccount } from './accounts.ts'
import { renderVault } from './render-vault.ts'
import { startDatabase } from './start-database.ts'
import { startVault, type Vault } from './start-vault.ts'
import type { VaultCase } from './vault-case.ts'

// What the chart renders of databases, by the real OpenBao and a real PostgreSQL with the roles that charts/postgres makes.

const [openbao, postgres] = [await installOpenBao(), await installPostgres()]
const missing = [openbao, postgres].flatMap((found) => ('missing' in found ? found.missing : []))[0]
const namespace = 'banking-services'
const audience = 'openbao'
const passwordPath = 'services/dev/accounts-db/vault'
const client = (name: string, more: object) => ({ namespace, serviceAccount: name, ...more })

const render = (databases: object, clients: object = {}) =>
  renderVault({
    tier: 'development',
    tls: { issuerRef: { name: 'banking-ca' } },
    seal: { type: 'static' },
    configuration: {
      unknown: 'remove',
      databases,
      clients: {
        'accounts-db': client('accounts-db', { read: ['services/dev/accounts-db'] }),
        ...clients,
      },
    },
  })

describe('databases of charts/vault', () => {
  let vault: Vault
  let database: Postgres
  let vaultCase: VaultCase

  const account = (name: string) => ({ namespace, name })
  const tokenOf = async (name: string) => {
    const { auth, errors } = await vault.logIn(account(name), name, audience)
    return auth?.client_token ?? expect.fail(`${name} cannot log in: ${errors?.join(', ') ?? ''}`)
  }
  const ask = async (name: string, path: string) =>
    vault.ask({ method: 'GET', path, token: await tokenOf(name) })
  const credentials = async (name: string) => {
    const { data, status } = await ask(name, `database/static-creds/${name}`)
    if (!data) return expect.fail(`${name} gets nothing: ${status}`)
    return data as { username: string; password: string }
  }
  /** The case with the server of this test instead of that of the cluster, and less patience. */
  const here = (made: VaultCase, env: Record<string, string> = {}): VaultCase => ({
    ...made,
    files: Object.fromEntries(
      Object.entries(made.files).map(([name, text]) => [
        name,
        text.replace(':5432/', `:${database.port}/`).replace('/openbao/tls/ca.crt', database.authority),
      ]),
    ),
    job: { ...made.job, env: { ...made.job.env, PAUSE_SECONDS: '1', PATIENCE_SECONDS: '20', ...env } },
  })
  /** What External Secrets and the operator do together: the entry's password becomes that of the user. */
  const bringPassword = async () => {
    const { data } = await ask('accounts-db', `kv/data/${passwordPath}`)
    const password = (data?.['data'] as { password?: string } | undefined)?.password
    if (password !== undefined) await database.query(`alter role vault password '${password}'`)
    return password
  }
  const configure = async (made: VaultCase) => {
    const timer = setInterval(() => void bringPassword().catch(() => undefined), 500)
    try {
      return await vault.configure(made)
    } finally {
      clearInterval(timer)
    }
  }

  beforeAll(async () => {
    if ('missing' in openbao || 'missing' in postgres) return
    database = await startDatabase(postgres)
    const logins = { accounts: 'accounts-login', cards: 'cards-login' }
    vaultCase = await render(
      { 'accounts-db': { host: 'localhost', username: 'vault', passwordPath, logins } },
      { accounts: client('accounts', { logins: ['accounts'] }), cards: client('cards', { logins: ['cards'] }) },
    )
    vault = await startVault(openbao, vaultCase)
    for (const name of ['accounts', 'accounts-db', 'cards']) await makeAccount(vault.api.client, account(name))
  }, 180_000)
  afterAll(async () => {
    await vault.stop()
    await database.stop()
    if (!('missing' in openbao)) await openbao.remove()
    if (!('missing' in postgres)) await postgres.remove()
  })

  it('are connected by the Job', async () => {
    const said = await configure(here(vaultCase))
    console.log(said)
    expect(said).not.toContain('exit code')
    console.log(await configure(here(vaultCase)))
    console.log(await credentials('accounts'))
  })
})
