import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { installPostgres } from './install-postgres.ts'
import { startPostgres, type Postgres } from './start-postgres.ts'

const installation = await installPostgres()
const missing = 'missing' in installation ? installation.missing : undefined
const settings = { preload: [], maps: [], names: ['db.example.com'] as const }

describe(startPostgres, () => {
  let server: Postgres
  const login = { user: 'teller', password: 'open sesame', database: 'postgres' }
  beforeAll(async () => {
    if ('missing' in installation) return
    server = await startPostgres(installation, {
      ...settings,
      parameters: { work_mem: '7MB' },
      rules: ['hostnossl all all all reject'],
    })
    await server.query(`create role teller login password 'open sesame'`)
  })
  afterAll(async () => {
    if ('missing' in installation) return
    await server.stop()
    await installation.remove()
  })

  it('runs with the parameters that it was given', async ({ skip }) => {
    skip(missing !== undefined, missing)
    expect(await server.query('show work_mem')).toEqual([{ work_mem: '7MB' }])
  })
  it('lets a client in over TLS with its password, by SCRAM', async ({ skip }) => {
    skip(missing !== undefined, missing)
    const rows = await server.query(
      `select version as protocol, system_user as who from pg_stat_ssl where pid = pg_backend_pid()`,
      { ...login, tls: true },
    )
    expect(rows).toEqual([{ protocol: 'TLSv1.3', who: 'scram-sha-256:teller' }])
  })
  it('refuses a wrong password, and a client in plaintext', async ({ skip }) => {
    skip(missing !== undefined, missing)
    await expect(server.query('select', { ...login, password: 'no', tls: true })).rejects.toThrow(
      'password authentication failed for user "teller"',
    )
    await expect(server.query('select', { ...login, tls: false })).rejects.toThrow('no encryption')
  })
  it('does not start with a parameter that PostgreSQL does not know', async ({ skip }) => {
    skip(missing !== undefined, missing)
    if ('missing' in installation) return
    await expect(
      startPostgres(installation, { ...settings, parameters: { work_memory: '7MB' }, rules: [] }),
    ).rejects.toThrow('unrecognized configuration parameter "work_memory"')
  })
})
