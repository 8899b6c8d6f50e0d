import { issue, makeAuthority } from '@opencore/cluster/certificates'
import { execa } from 'execa'
import { cp, writeFile } from 'node:fs/promises'
import { userInfo } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { freePort } from '../free-port.ts'
import { makeScratchFolder } from '../scratch-folder.ts'
import { giveToServer } from '../server-account.ts'
import { startServer } from '../start-server.ts'
import type { PostgresInstallation } from './install-postgres.ts'
import {
  operatorMaps,
  operatorParameters,
  operatorRulesAfter,
  operatorRulesBefore,
} from './operator-settings.ts'

/** What a Cluster says under `spec.postgresql`, and the names that clients know it by. */
export interface PostgresSettings {
  parameters: Readonly<Record<string, string>>
  preload: readonly string[]
  rules: readonly string[]
  maps: readonly string[]
  names: readonly [string, ...string[]]
}

export interface Login {
  user: string
  password: string
  database: string
  /** `false` is a client without TLS; with TLS the server's certificate and name are verified. */
  tls: boolean
}

export interface Postgres {
  port: number
  /** Path of the authority's certificate that clients verify the server by. */
  authority: string
  /** Run SQL as the superuser over the socket, or over TCP as whoever logs in. */
  query: (sql: string, login?: Login) => Promise<Record<string, unknown>[]>
  /** The same, for the names of the columns, which are there without rows too. */
  columns: (sql: string, login?: Login) => Promise<string[]>
  output: () => string
  stop: () => Promise<void>
}

/** Start PostgreSQL with a Cluster's settings, laid out as CloudNativePG does, on a data directory of its own. */
export async function startPostgres(
  { command, emptyCluster }: PostgresInstallation,
  settings: PostgresSettings,
): Promise<Postgres> {
  const { path: folder, remove } = await makeScratchFolder('cluster')
  const data = join(folder, 'data')
  const port = await freePort()
  await cp(emptyCluster, data, { recursive: true })
  const ca = await writeCertificates(folder, settings.names)
  await writeLines(join(data, 'postgresql.conf'), configuration(settings, folder, port))
  await writeLines(join(data, 'pg_hba.conf'), [
    ...operatorRulesBefore,
    ...settings.rules,
    ...operatorRulesAfter,
  ])
  await writeLines(join(data, 'pg_ident.conf'), [...operatorMaps(userInfo().username), ...settings.maps])
  await execa('chmod', ['-R', 'go=', data, join(folder, 'server.key')])
  await giveToServer(folder)

  const run = async (sql: string, login?: Login) => {
    const tls = login?.tls === true && { ca, servername: settings.names[0] }
    const client = new pg.Client(
      login
        ? { ...login, host: '127.0.0.1', port, ssl: tls }
        : { user: 'postgres', database: 'postgres', host: folder, port },
    )
    try {
      await client.connect()
      return await client.query<Record<string, unknown>>(sql)
    } finally {
      await client.end().catch(() => undefined)
    }
  }
  const { output, stop } = await startServer({
    name: 'PostgreSQL',
    command: command('postgres'),
    args: ['-D', data],
    cwd: folder,
    ready: async () => (await run('select true')).rows.length === 1,
    // "Fast": sessions are ended, data is safe.
    stopSignal: 'SIGINT',
  }).catch(async (error: unknown) => {
    await remove()
    throw error
  })
  return {
    port,
    authority: join(folder, 'ca.crt'),
    query: async (sql, login) => (await run(sql, login)).rows,
    columns: async (sql, login) => (await run(sql, login)).fields.map(({ name }) => name),
    output,
    stop: async () => {
      await stop()
      await remove()
    },
  }
}

/** The operator's defaults, the Cluster's parameters over them, and over both what only the operator may say. */
function configuration({ parameters, preload }: PostgresSettings, folder: string, port: number): string[] {
  const all = {
    ...operatorParameters,
    ...parameters,
    shared_preload_libraries: preload.join(','),
    archive_mode: 'on',
    archive_command: 'true',
    port: String(port),
    listen_addresses: '127.0.0.1',
    unix_socket_directories: folder,
    ssl: 'on',
    ssl_cert_file: join(folder, 'server.crt'),
    ssl_key_file: join(folder, 'server.key'),
    ssl_ca_file: join(folder, 'ca.crt'),
  }
  return Object.entries(all).map(([name, value]) => `${name} = '${value.replaceAll("'", "''")}'`)
}

/** A certificate for all names, beside its authority's; returns the latter. */
async function writeCertificates(folder: string, names: readonly string[]): Promise<string> {
  const authority = await makeAuthority('opencore-servers')
  const alternatives = names.map((value) => ({ type: 'dns' as const, value }))
  const { certificate, key } = await issue(authority, 'CN=postgres', alternatives)
  const ca = authority.certificate.toString('pem')
  await writeFile(join(folder, 'ca.crt'), ca)
  await writeFile(join(folder, 'server.crt'), certificate)
  await writeFile(join(folder, 'server.key'), key)
  return ca
}

function writeLines(file: string, lines: readonly string[]): Promise<void> {
  return writeFile(file, `${lines.join('\n')}\n`)
}
