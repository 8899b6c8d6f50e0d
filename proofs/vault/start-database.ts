import { startPostgres, type Postgres, type PostgresInstallation } from '@opencore/servers'
import { renderReleases } from '@opencore/renderer'
import { randomBytes } from 'node:crypto'
import { join } from 'node:path'
import { stringify } from 'yaml'
import { readPostgresCase } from '../postgres/postgres-case.ts'
import { root } from '../shared/root.ts'

/** What the chart of databases makes of values, as the release `accounts-db`. */
async function renderDatabase(values: object) {
  const chart = join(root, 'charts/postgres')
  const place = { release: 'accounts-db', namespace: 'banking-services', kubeVersion: '' }
  const request = { id: 'accounts-db', chart, ...place, values: stringify(values) }
  for await (const { objects, error } of renderReleases([request], () => undefined)) {
    if (objects === undefined) throw new Error(error)
    return objects
  }
  throw new Error('the renderer answered nothing')
}

interface Cluster {
  bootstrap: { initdb: { owner: string; database: string; postInitSQL: string[] } }
}

/** The logins, beside the user that sets their passwords. */
const logins = ['accounts-login', 'cards-login']

/**
 * PostgreSQL as CloudNativePG has it after its first start, by what the chart says: the owner, the first database, and the
 * statements that follow.
 */
export async function startDatabase(
  installation: PostgresInstallation,
): Promise<Postgres & { statements: readonly string[] }> {
  const role = (groups: string[]) => ({ login: true, inRoles: groups })
  const objects = await renderDatabase({
    tier: 'development',
    backups: { enabled: false },
    bootstrap: { initdb: { database: 'accounts', owner: 'accounts' } },
    roles: {
      vault: { login: true, inherit: false, passwordSecret: { name: 'accounts-db-vault' } },
      'vault-sets': {},
      ...Object.fromEntries(logins.map((name) => [name, role(['accounts', 'vault-sets'])])),
    },
    passwordRotation: { role: 'vault' },
  })
  const { settings } = readPostgresCase({ name: 'accounts-db', objects })
  const server = await startPostgres(installation, { ...settings, names: ['localhost'] })
  const spec = objects.find(({ kind }) => kind === 'Cluster')?.['spec'] as Cluster
  const { owner, database, postInitSQL: statements } = spec.bootstrap.initdb
  // The operator's own password of the owner, which nobody is told.
  await server.query(`create role "${owner}" login password '${randomBytes(16).toString('hex')}'`)
  await server.query(`create database "${database}" owner "${owner}"`)
  for (const statement of statements) await server.query(statement)
  return { ...server, statements }
}
