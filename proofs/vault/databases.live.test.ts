import { installOpenBao, installPostgres, makeScratchFolder } from '@opencore/servers'
import { execa } from 'execa'
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { makeAccount } from './accounts.ts'
import { renderVault } from './render-vault.ts'
import { startLoad } from './rotating-pool.ts'
import { startDatabase } from './start-database.ts'
import { startVault, type Vault } from './start-vault.ts'
import type { VaultCase } from './vault-case.ts'

// What the chart renders of databases, by the real OpenBao and a real PostgreSQL with the roles that charts/postgres makes.

const [openbao, postgres] = [await installOpenBao(), await installPostgres()]
const [missing] = [openbao, postgres].flatMap((found) => ('missing' in found ? found.missing : []))
const namespace = 'banking-services'
const audience = 'openbao'
const passwordPath = 'services/dev/accounts-db/vault'
const patience = { timeout: 60_000, interval: 1000 }
/** What SCRAM keeps of a password, as far as the function looks. */
const verifier = 'SCRAM-SHA-256$4096:c2FsdA==$a2V5:a2V5'
const setting = (login: string, to = verifier) => `select rotation.set_password('${login}', '${to}')`
const client = (name: string, more: object) => ({ namespace, serviceAccount: name, ...more })

/** What the chart makes of a database with these logins, each of the service of its name. */
const render = (names: readonly string[], rotationPeriod = '168h', at = 'accounts-db') =>
  renderVault({
    tier: 'development',
    tls: { issuerRef: { name: 'banking-ca' } },
    seal: { type: 'static' },
    configuration: {
      unknown: 'remove',
      rotationPeriod,
      databases: {
        [at]: {
          host: 'localhost',
          username: 'vault',
          passwordPath,
          logins: Object.fromEntries(names.map((name) => [name, `${name}-login`])),
        },
      },
      clients: {
        'accounts-db': client('accounts-db', { read: ['services/dev/accounts-db'] }),
        ...Object.fromEntries(names.map((name) => [name, client(name, { logins: [name] })])),
      },
    },
  })

describe('databases of charts/vault', () => {
  let vault: Vault
  let database: Awaited<ReturnType<typeof startDatabase>>
  let both: VaultCase
  /** Every password that there was, and all that the Job said. */
  const secrets = new Set<string>()
  const said: string[] = []

  const account = (name: string) => ({ namespace, name })
  const tokenOf = async (name: string) => {
    const { auth, errors } = await vault.logIn(account(name), name, audience)
    return auth?.client_token ?? expect.fail(`${name} cannot log in: ${errors?.join(', ') ?? ''}`)
  }
  const jobToken = async () => {
    const { auth } = await vault.logIn(
      { namespace: both.home, name: both.jobAccount },
      'configurator',
      audience,
    )
    return auth?.client_token ?? expect.fail('the Job cannot log in')
  }
  const read = async (name: string, path: string) =>
    vault.ask({ method: 'GET', path, token: await tokenOf(name) })
  const credentials = async (name: string) => {
    const { data, status } = await read(name, `database/static-creds/${name}`)
    if (!data) return expect.fail(`${name} gets nothing: ${status}`)
    secrets.add(String(data['password']))
    return { user: String(data['username']), password: String(data['password']) }
  }
  const rotate = async (name: string) => {
    const path = `database/rotate-role/${name}`
    expect(await vault.ask({ method: 'POST', path, token: await jobToken() })).toMatchObject({ status: 204 })
  }
  const logIn = (who: { user: string; password: string }, sql: string, to = 'accounts') =>
    database.query(sql, { ...who, database: to, tls: true })
  const asManager = (sql: string, to = 'postgres') =>
    logIn({ user: 'vault', password: managerPassword }, sql, to)
  let managerPassword = ''

  /** What Prometheus reads, of which the client of these proofs would want JSON. */
  const readMetrics = async () => {
    const authority = ['--cacert', join(vault.folder, 'tls', 'ca.crt')]
    const url = `https://localhost:${vault.port}/v1/sys/metrics?format=prometheus`
    return (await execa('curl', ['--silent', '--fail', ...authority, url])).stdout
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
    const { data } = await read('accounts-db', `kv/data/${passwordPath}`)
    const password = (data?.['data'] as { password?: string } | undefined)?.password
    if (password === undefined || password === managerPassword) return
    secrets.add(password)
    await database.query(`alter role vault password '${password}'`)
    managerPassword = password
  }
  const configure = async (made: VaultCase, env?: Record<string, string>) => {
    const timer = setInterval(() => void bringPassword().catch(() => undefined), 500)
    try {
      const text = await vault.configure(here(made, env))
      said.push(text)
      return text
    } finally {
      clearInterval(timer)
    }
  }

  beforeAll(async () => {
    if ('missing' in openbao || 'missing' in postgres) return
    database = await startDatabase(postgres)
    both = await render(['accounts', 'cards'])
    vault = await startVault(openbao, both)
    for (const name of ['accounts', 'accounts-db', 'cards'])
      await makeAccount(vault.api.client, account(name))
    await configure(both)
  }, 180_000)
  afterAll(async () => {
    if ('missing' in openbao || 'missing' in postgres) return
    await vault.stop()
    await database.stop()
    await openbao.remove()
    await postgres.remove()
  })

  describe.skipIf(missing !== undefined)('with a server', () => {
    it('are connected by the Job, any number of times, by one password', async () => {
      expect(said[0]).toContain("accounts-db takes a new password of OpenBao's user")
      const before = [managerPassword, await credentials('accounts')]
      const again = await configure(both)
      expect(again).not.toContain('new password')
      expect([...said, again].join()).not.toContain('exit code')
      expect([managerPassword, await credentials('accounts')]).toEqual(before)
    })
    it('let a service in over verified TLS, and what it makes belongs to the owner', async () => {
      const who = await credentials('accounts')
      const sql = 'select system_user as proof, current_user as who'
      expect(await logIn(who, sql)).toEqual([{ proof: 'scram-sha-256:accounts-login', who: 'accounts' }])
      await logIn(who, 'create table entry (id bigserial primary key, amount int)')
      const owner = `select tableowner as owner from pg_tables where tablename = 'entry'`
      expect(await logIn(who, owner)).toEqual([{ owner: 'accounts' }])
    })
    it("keep a service from another's credentials, and from all else", async () => {
      const token = await tokenOf('cards')
      const ask = async (method: 'GET' | 'POST' | 'LIST', path: string, by = token) =>
        (await vault.ask({ method, path, token: by })).status
      expect(await ask('GET', 'database/static-creds/cards')).toBe(200)
      expect(await ask('GET', 'database/static-creds/accounts')).toBe(403)
      expect(await ask('POST', 'database/rotate-role/cards')).toBe(403)
      expect(await ask('GET', 'database/config/accounts-db')).toBe(403)
      expect(await ask('GET', `kv/data/${passwordPath}`)).toBe(403)
      const job = await jobToken()
      expect(await ask('GET', 'database/static-creds/accounts', job)).toBe(403)
      expect(await ask('GET', `kv/data/${passwordPath}`, job)).toBe(403)
      expect(await vault.logIn(account('cards'), 'accounts', audience)).toMatchObject({ status: 403 })
    })
    it.each([
      ['become a service', 'set role "accounts-login"', 'permission denied to set role "accounts-login"'],
      ['become the owner', 'set role accounts', 'permission denied to set role "accounts"'],
      ["set the owner's password", `alter role accounts password 'x'`, 'permission denied to alter role'],
      ["set the superuser's", `alter role postgres password 'x'`, 'permission denied to alter role'],
      ['make a superuser', 'create role root superuser', 'permission denied to create role'],
      ['take the owner for a role', 'grant accounts to vault', 'permission denied to grant role "accounts"'],
      ['make a table', 'create table mine (id int)', 'permission denied for schema public'],
      ['take a service for a role', 'grant "accounts-login" to vault', 'permission denied to grant role'],
      ['make a role', 'create role other', 'permission denied to create role'],
      ['drop a service', 'drop role "cards-login"', 'permission denied to drop role'],
      ['rename a service', 'alter role "cards-login" rename to other', 'permission denied to rename role'],
      ['lock a service out', 'alter role "accounts-login" nologin', 'permission denied to alter role'],
      ['misguide it', 'alter role "accounts-login" set search_path to x', 'permission denied to alter role'],
      ['set a password past the function', `alter role "accounts-login" password 'x'`, 'permission denied'],
      ['set that of the owner', setting('accounts'), 'the password of accounts is not set here'],
      ['set that of the superuser', setting('postgres'), 'the password of postgres is not set here'],
      ['set their own', setting('vault'), 'the password of vault is not set here'],
      ['set a plain one', setting('accounts-login', 'plain'), 'want what SCRAM keeps of a password'],
    ])('let their own user not %s', async (_, sql, refusal) => {
      await expect(asManager(sql)).rejects.toThrow(refusal)
    })
    it('let their own user into no other database, and nobody else set a password', async () => {
      await expect(asManager('select', 'accounts')).rejects.toThrow('pg_hba.conf rejects connection')
      const other = logIn(await credentials('cards'), setting('accounts-login'), 'postgres')
      await expect(other).rejects.toThrow('permission denied for schema rotation')
    })
    it('get a password that is rotated by itself', async () => {
      const before = await credentials('accounts')
      await configure(await render(['accounts', 'cards'], '10s'))
      await vi.waitFor(async () => {
        expect((await credentials('accounts')).password).not.toBe(before.password)
      }, patience)
      await configure(both)
      const after = await credentials('accounts')
      await expect(logIn(before, 'select')).rejects.toThrow('password authentication failed')
      expect(await logIn(after, 'select 1 as one')).toEqual([{ one: 1 }])
    })
    it('get a new password of their own user where they are told to, or another has set it', async () => {
      const before = managerPassword
      expect(await configure(both, { RENEW: 'yes' })).toContain('new password')
      expect(managerPassword).not.toBe(before)
      const old = { user: 'vault', password: before }
      await expect(logIn(old, 'select', 'postgres')).rejects.toThrow('password authentication failed')
      await database.query(`alter role vault password 'by-hand'`)
      expect(await configure(both)).toContain('new password')
      await rotate('accounts')
    })
  })

  describe.skipIf(missing !== undefined)('under load', () => {
    /** Rotations while files follow after a while, which stands for External Secrets and the kubelet. */
    const load = async (maxLifetime: number, rotations: number) => {
      const scratch = await makeScratchFolder('vault-files')
      const write = async () => {
        const { user, password } = await credentials('accounts')
        await writeFile(join(scratch.path, 'username'), user)
        await writeFile(join(scratch.path, 'password'), password)
      }
      await write()
      const authority = await readFile(database.authority, 'utf8')
      const pool = { port: database.port, database: 'accounts', authority, folder: scratch.path }
      const stop = startLoad({ ...pool, size: 8, maxLifetime, patience: 500 }, 2)
      for (let count = 0; count < rotations; count += 1) {
        await sleep(1000)
        await rotate('accounts')
        await sleep(2000)
        await write()
      }
      await sleep(1000)
      const outcome = await stop()
      await scratch.remove()
      return outcome
    }
    it('no transaction fails where connections live longer than a new password takes', async () => {
      const { done, failed, refused } = await load(20_000, 6)
      // The server has refused the old password meanwhile, so that the pool has lost connections and not one transaction.
      expect(refused).toBeGreaterThan(0)
      expect(failed).toEqual([])
      expect(done).toBeGreaterThan(200)
    })
    it('transactions fail where they do not, which is why the service chart refuses such times', async () => {
      const { failed, refused } = await load(500, 1)
      expect(refused).toBeGreaterThan(0)
      expect(new Set(failed)).toEqual(new Set(['Error: no connection in 500 ms']))
    })
    it('a password that was rotated opens nothing, and sessions that are open go on', async () => {
      const before = await credentials('accounts')
      const slow = logIn(before, 'select pg_sleep(3), 1 as one')
      await sleep(500)
      await rotate('accounts')
      await expect(logIn(before, 'select')).rejects.toThrow('password authentication failed')
      expect(await slow).toMatchObject([{ one: 1 }])
    })
  })

  describe.skipIf(missing !== undefined)('what goes wrong', () => {
    it('a role without the right to set a password is said, and all else is applied', async () => {
      await database.query('revoke "vault-sets" from "cards-login"')
      const fresh = await render(['accounts', 'cards'])
      const token = await jobToken()
      await vault.ask({ method: 'DELETE', path: 'database/static-roles/cards', token })
      const text = await configure(fresh)
      expect(text).toContain('the password of "cards-login" is not set here')
      expect(text).toContain('Success! Data written to: database/static-roles/accounts')
      expect(text).toContain('exit code 1')
      await database.query('grant "vault-sets" to "cards-login"')
      expect(await configure(fresh)).not.toContain('exit code')
    })
    it('a rotation that fails is counted', async () => {
      await database.query('revoke "vault-sets" from "cards-login"')
      const path = 'database/rotate-role/cards'
      expect(await vault.ask({ method: 'POST', path, token: await jobToken() })).toMatchObject({
        status: 500,
      })
      await vi.waitFor(async () => {
        expect(await readMetrics()).toMatch(/^vault_database_UpdateUser_error [1-9]/m)
      }, patience)
      await database.query('grant "vault-sets" to "cards-login"')
    })
    it('a server that does not answer is said, and nothing is changed', async () => {
      const before = managerPassword
      const gone = here(both)
      const files = Object.fromEntries(
        Object.entries(gone.files).map(([name, text]) => [name, text.replace(`:${database.port}/`, ':1/')]),
      )
      const text = await vault.configure({ ...gone, files })
      said.push(text)
      expect(text).toMatch(/accounts-db: [^]*connection refused/)
      expect(text).toContain('exit code 1')
      expect(managerPassword).toBe(before)
      await rotate('accounts')
    })
    it('one that does not answer keeps its password when all are renewed, and the next gets its own', async () => {
      const before = managerPassword
      const made = here(both, { RENEW: 'yes' })
      const connection = made.files['connection.accounts-db.json'] ?? expect.fail('no connection')
      const gone = {
        'connection.a-dead-one.json': connection.replace(`:${database.port}/`, ':1/'),
        'password.a-dead-one': 'kv/data/services/dev/accounts-db/other',
      }
      const policy = made.files['policy.configurator.hcl'] ?? expect.fail('no policy')
      const more = {
        ...gone,
        'policy.configurator.hcl': policy.replaceAll('accounts-db/vault', 'accounts-db/*'),
      }
      const text = await configure({ ...made, files: { ...made.files, ...more } }, { RENEW: 'yes' })
      expect(text).toMatch(/a-dead-one: [^]*connection refused/)
      expect(text).toContain("accounts-db takes a new password of OpenBao's user")
      expect(managerPassword).not.toBe(before)
      expect(await read('accounts-db', 'kv/data/services/dev/accounts-db/other')).toMatchObject({
        status: 404,
      })
    })
    it('a login that moves to another database, as after a restore, has its password there at once', async () => {
      await database.query(`alter role "accounts-login" password 'as-it-was'`)
      expect(await configure(both)).not.toContain('rotate-role')
      await expect(logIn(await credentials('accounts'), 'select')).rejects.toThrow('password authentication')
      const text = await configure(await render(['accounts', 'cards'], '168h', 'accounts-db-2'))
      expect(text).not.toContain('exit code')
      expect(await logIn(await credentials('accounts'), 'select 1 as one')).toEqual([{ one: 1 }])
      await configure(both)
    })
    it('a server with a certificate of another authority is not asked', async () => {
      const other = here(both)
      const ours = join(vault.folder, 'tls', 'ca.crt')
      const files = Object.fromEntries(
        Object.entries(other.files).map(([name, text]) => [name, text.replace(database.authority, ours)]),
      )
      const text = await vault.configure({ ...other, files })
      expect(text).toMatch(/accounts-db: [^]*certificate signed by unknown authority/)
      said.push(text)
    })
    it('a service that leaves is told nothing any more', async () => {
      const token = await tokenOf('cards')
      const text = await configure(await render(['accounts']))
      expect(text).toContain('unknown login: cards')
      const path = 'database/static-creds/cards'
      expect(await vault.ask({ method: 'GET', path, token })).toMatchObject({ status: 403 })
      const { data } = await vault.ask({
        method: 'LIST',
        path: 'database/static-roles',
        token: await jobToken(),
      })
      expect(data).toEqual({ keys: ['accounts'] })
    })
    it('no log has a password: not of the Job, OpenBao, its audit, or PostgreSQL', async () => {
      const logs = {
        job: said.join('\n'),
        server: vault.output(),
        audit: await vault.readAudit(),
        postgres: database.output(),
      }
      expect(secrets.size).toBeGreaterThan(8)
      expect(logs.audit).toContain('database/static-creds/accounts')
      for (const [log, text] of Object.entries(logs))
        for (const secret of secrets) expect(text.includes(secret), log).toBe(false)
    })
  })
})
