import type { PostgresSettings } from '@opencore/servers'
import { parse } from 'yaml'
import type { ChartCase } from '../shared/render-cases.ts'

/** What a case asks of PostgreSQL itself, read from its objects. */
export interface PostgresCase {
  settings: PostgresSettings
  database: string
  owner: string
  /** Libraries that the operator loads for the parameters it sees, and those that the Cluster names. */
  libraries: string[]
  extensions: string[]
  queries: Record<string, MetricsQuery>
  /** Command and environment of the `helm test` pod; none where there is no test. */
  test?: { command: string[]; env: Record<string, string> }
}

interface MetricsQuery {
  query: string
  metrics: Record<string, unknown>[]
  target_databases?: string[]
}

interface Cluster {
  metadata: { name: string }
  spec: {
    bootstrap: Record<string, { database?: string; owner?: string }>
    postgresql: {
      parameters: Record<string, string>
      shared_preload_libraries?: string[]
      pg_hba: string[]
      pg_ident?: string[]
    }
  }
}
interface Database {
  spec: { extensions?: { name: string }[] }
}
interface Queries {
  data: { 'queries.yaml'?: string }
}
interface Pod {
  spec: { containers: [{ command: string[]; args: string[]; env: { name: string; value?: string }[] }] }
}

/** Parameters of these namespaces make the operator load the library: ManagedExtensions of CloudNativePG 1.30. */
const MANAGED = ['pgaudit', 'pg_stat_statements', 'auto_explain', 'pg_failover_slots']

/** Read a case; of shards the first, since all have one shape. */
export function readPostgresCase({ objects }: ChartCase): PostgresCase {
  const all = <Kind>(kind: string) => objects.filter((object) => object.kind === kind) as unknown as Kind[]
  const [cluster] = all<Cluster>('Cluster')
  if (!cluster) throw new Error('the case has no Cluster')
  const { parameters, shared_preload_libraries: own = [], pg_hba, pg_ident = [] } = cluster.spec.postgresql
  const managed = MANAGED.filter((name) => Object.keys(parameters).some((key) => key.startsWith(`${name}.`)))
  const [origin = {}] = Object.values(cluster.spec.bootstrap)
  const [text = '{}'] = all<Queries>('ConfigMap').flatMap(({ data }) => data['queries.yaml'] ?? [])
  const [pod] = all<Pod>('Pod')
  return {
    settings: {
      parameters,
      preload: [],
      rules: pg_hba,
      maps: pg_ident,
      names: [`${cluster.metadata.name}-rw`],
    },
    database: origin.database ?? 'app',
    owner: origin.owner ?? 'app',
    libraries: [...own, ...managed],
    extensions: [
      ...new Set(
        all<Database>('Database').flatMap(({ spec }) => (spec.extensions ?? []).map(({ name }) => name)),
      ),
    ],
    queries: parse(text) as Record<string, MetricsQuery>,
    ...(pod && { test: readTest(pod) }),
  }
}

function readTest({ spec }: Pod): NonNullable<PostgresCase['test']> {
  const [{ command, args, env }] = spec.containers
  const plain = env.flatMap(({ name, value }) => (value === undefined ? [] : [[name, value] as const]))
  return { command: [...command, ...args], env: Object.fromEntries(plain) }
}
