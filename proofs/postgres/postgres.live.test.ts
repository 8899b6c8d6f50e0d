import {
  ensureCommand,
  installPostgres,
  startPostgres,
  type Postgres,
  type PostgresInstallation,
} from '@opencore/servers'
import { execa } from 'execa'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { glob } from 'tinyglobby'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { root } from '../shared/root.ts'
import { readPostgresCase, type PostgresCase } from './postgres-case.ts'
import { renderCases } from '../shared/render-cases.ts'

// A real PostgreSQL judges what the chart makes of each case. What its package lacks is skipped by name.

const installed = await installPostgres()
const noClient = await ensureCommand({ command: 'psql', package: 'postgresql-client' })
const cases = (await renderCases(root, 'postgres')).map((chartCase) => ({
  name: chartCase.name,
  wanted: readPostgresCase(chartCase),
}))
const password = 'open sesame'

if ('missing' in installed)
  it('judges every case', ({ skip }) => {
    skip(installed.missing)
  })
else judge(installed)

function judge(installation: PostgresInstallation): void {
  const { modules, extensions } = installation
  afterAll(installation.remove)

  describe.each(cases)('case $name', ({ wanted }) => {
    const { owner: user, database } = wanted
    const absent = wanted.libraries.filter((name) => !modules.has(name))
    let server: Postgres
    beforeAll(async () => {
      server = await start(installation, wanted)
    })
    afterAll(() => server.stop())

    it('takes every parameter', async () => {
      const bad = 'select name, error from pg_file_settings where error is not null or not applied'
      expect(await server.query(bad)).toEqual([])
      // PostgreSQL takes any name with a dot for a setting of somebody's own, and does not list it.
      const rows = await server.query('select name from pg_settings')
      const known = new Set(rows.map(({ name }) => name))
      const strange = Object.keys(wanted.settings.parameters).filter(
        (name) => !known.has(name) && !absent.some((library) => name.startsWith(`${library}.`)),
      )
      expect(strange).toEqual([])
    })
    it.for(wanted.libraries)('loads %s', async (library, { skip }) => {
      skip(!modules.has(library), `needs ${library}`)
      const [row] = await server.query('show shared_preload_libraries')
      expect(String(row?.['shared_preload_libraries']).split(',')).toContain(library)
    })

    it('reads every access rule and map', async () => {
      const rules = await server.query('select error from pg_hba_file_rules where error is not null')
      const maps = await server.query('select error from pg_ident_file_mappings where error is not null')
      expect([...rules, ...maps]).toEqual([])
    })
    it('lets the owner in over TLS by SCRAM', async () => {
      const sql = 'select system_user as who, ssl from pg_stat_ssl where pid = pg_backend_pid()'
      const rows = await server.query(sql, { user, password, database, tls: true })
      expect(rows).toEqual([{ who: `scram-sha-256:${user}`, ssl: true }])
    })
    it('refuses a client without TLS', async () => {
      const plain = server.query('select', { user, password, database, tls: false })
      await expect(plain).rejects.toThrow('no encryption')
    })

    it.each(Object.entries(wanted.queries))('answers the metrics %s', async (_, query) => {
      const [target = database] = query.target_databases ?? []
      const login = { user: 'metrics', password, database: target === '*' ? database : target, tls: true }
      const columns = await server.columns(query.query, login)
      expect(columns.sort()).toEqual(query.metrics.flatMap((metric) => Object.keys(metric)).sort())
    })
    it.for(wanted.extensions)('has extension %s', async (name, { skip }) => {
      skip(!extensions.has(name), `needs ${name}`)
      expect(await server.query(`create extension if not exists ${name} cascade`)).toEqual([])
    })

    it.runIf(wanted.test)('passes its own helm test', async ({ skip }) => {
      skip(noClient !== undefined, noClient)
      expect(await helmTest(wanted, server)).toMatchObject({
        exitCode: 0,
        all: expect.stringMatching(/^over TLS: .+ by TLSv1\.3\nwithout TLS: .+no encryption$/) as string,
      })
    })
  })

  const [minimal] = cases.filter(({ name }) => name === 'minimal').map(({ wanted }) => wanted)

  it('runs every SQL of the runbooks', async () => {
    if (!minimal) throw new Error('there is no case minimal')
    const server = await start(installation, minimal)
    const statements = await readRunbooks()
    expect(statements.length).toBeGreaterThan(20)
    for (const sql of statements)
      await server
        .query(sql.replace('NUMBER', '0'))
        .catch((error: unknown) => expect.fail(`${sql}: ${String(error)}`))
    await server.stop()
  })

  it('runs the SQL of the recipes, but for that of pg_partman', async () => {
    if (!minimal) throw new Error('there is no case minimal')
    const text = await readFile(join(root, 'charts/postgres/docs/recipes.md'), 'utf8')
    const blocks = [...text.matchAll(/```sql\n([^]*?)```/g)].map(([, sql = '']) => sql)
    const plain = blocks.filter((sql) => !sql.includes('partman'))
    expect(plain.length).toBeGreaterThan(0)
    const server = await start(installation, minimal)
    await server.query('create table entry (slot smallint, account text, primary key (slot, account))')
    for (const sql of plain)
      await server.query(sql).catch((error: unknown) => expect.fail(`${sql}: ${String(error)}`))
    await server.stop()
  })

  describe('the helm test fails', () => {
    const failure = async (change: Partial<PostgresCase['settings']>) => {
      if (!minimal) throw new Error('there is no case minimal')
      const server = await start(installation, { ...minimal, settings: { ...minimal.settings, ...change } })
      const { exitCode, all } = await helmTest(minimal, server)
      await server.stop()
      return { exitCode, all }
    }
    it.skipIf(noClient)('where plaintext is let in', async () => {
      const { exitCode, all } = await failure({ rules: [] })
      expect(all).toContain('without TLS: app is in too; want the server to refuse plaintext')
      expect(exitCode).toBe(1)
    })
    it.skipIf(noClient)('where the certificate is for another name', async () => {
      const { exitCode, all } = await failure({ names: ['elsewhere'] })
      expect(all).toContain('does not match host name "example-rw"')
      expect(exitCode).not.toBe(0)
    })
  })
}

/** The case's server, with its owner and database, and a role that may look at statistics alone. */
async function start(installation: PostgresInstallation, wanted: PostgresCase): Promise<Postgres> {
  const preload = wanted.libraries.filter((name) => installation.modules.has(name))
  const server = await startPostgres(installation, { ...wanted.settings, preload })
  await server.query(`create role metrics login password '${password}' in role pg_monitor`)
  await server.query(`create role "${wanted.owner}" login password '${password}'`)
  await server.query(`create database "${wanted.database}" owner "${wanted.owner}"`)
  await server.query('create extension pg_stat_statements')
  return server
}

/** The command of the pod, as a process here: what Secrets and volumes would bring is said by its environment. */
function helmTest({ test, owner }: PostgresCase, server: Postgres) {
  const [command = '', ...args] = test?.command ?? []
  return execa(command, args, {
    reject: false,
    all: true,
    env: {
      ...test?.env,
      PGUSER: owner,
      PGPASSWORD: password,
      PGHOSTADDR: '127.0.0.1',
      PGPORT: String(server.port),
      PGSSLROOTCERT: server.authority,
    },
  })
}

/** What runbooks tell people to run in psql, but for its own commands. */
async function readRunbooks(): Promise<string[]> {
  const files = await glob('charts/postgres/docs/runbooks/*.md', { cwd: root })
  const texts = await Promise.all(files.map((file) => readFile(join(root, file), 'utf8')))
  const commands = texts.join('\n').matchAll(/ -- -c (['"])(.+)\1$/gm)
  return [...commands].map(([, , sql = '']) => sql).filter((sql) => !sql.startsWith('\\'))
}
