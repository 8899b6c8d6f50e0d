import { itemsAt, textAt, valueAt } from '../../read-value.ts'
import { bound, made, role, rule, type Frame, type Manifest, type Neighbours } from '../made.ts'

const GROUP = 'postgresql.cnpg.io'
const managed = (namespace: string): Frame => ({
  namespace,
  labels: { 'app.kubernetes.io/managed-by': 'cloudnative-pg' },
})

/** What instances and their Jobs do: CreateRole and CreateRoleBinding in pkg/specs/{roles,rolebinding}.go. */
export function makeInstanceRole(cluster: Manifest, neighbours: Neighbours): Manifest[] {
  const { name, namespace = 'default' } = cluster.metadata
  const own = (resources: string, verbs: readonly string[], names: readonly string[] = []) =>
    rule(GROUP, [resources], verbs, names)
  const [read, change] = [
    ['get', 'list', 'watch'],
    ['get', 'patch', 'update'],
  ] as const
  // Declared in the database itself, each with a status.
  const declared = (kind: string) => [
    own(kind, ['get', 'update', 'list', 'watch']),
    own(`${kind}/status`, change),
  ]
  const queries = itemsAt(cluster, 'spec', 'monitoring', 'customQueriesConfigMap').map((each) =>
    textAt(each, 'name'),
  )
  const frame = managed(namespace)
  const account = textAt(cluster, 'spec', 'serviceAccountName') ?? name
  const rules = [
    rule('', ['configmaps'], ['get', 'watch'], [name, ...queries]),
    rule('', ['secrets'], ['get', 'watch'], secretsOf(cluster, neighbours)),
    own('clusters', read, [name]),
    own('clusters/status', [...change, 'watch'], [name]),
    own('backups', ['list', 'get', 'delete']),
    own('backups/status', change),
    rule('', ['events'], ['create', 'patch']),
    ...['databases', 'publications', 'subscriptions'].flatMap(declared),
    rule('coordination.k8s.io', ['leases'], ['get', 'update'], [name]),
    own('failoverquorums', read, [name]),
    own('failoverquorums/status', [...change, 'watch'], [name]),
    ...declared('databaseroles'),
  ]
  return [made(role, name, frame, { rules }), bound(name, frame, { role: name, account })]
}

/** getInvolvedSecretNames in pkg/specs/roles.go, less those of archives that no plugin keeps, which the chart has none of. */
function secretsOf(cluster: Manifest, { all }: Neighbours): (string | undefined)[] {
  const { name } = cluster.metadata
  const bootstrap = valueAt(cluster, 'spec', 'bootstrap')
  const certificate = (key: string, suffix: string) =>
    textAt(cluster, 'spec', 'certificates', key) ?? `${name}-${suffix}`
  const logins = ['recovery', 'pg_basebackup', 'initdb'].map((way) =>
    textAt(bootstrap, way, 'secret', 'name'),
  )
  const passwordOf = (login: unknown) =>
    valueAt(login, 'disablePassword') === true ? undefined : textAt(login, 'passwordSecret', 'name')
  return [
    certificate('replicationTLSSecret', 'replication'),
    certificate('clientCASecret', 'ca'),
    certificate('serverCASecret', 'ca'),
    certificate('serverTLSSecret', 'server'),
    logins.find((login) => login !== undefined) ?? `${name}-app`,
    textAt(cluster, 'spec', 'superuserSecret', 'name') ?? `${name}-superuser`,
    textAt(cluster, 'spec', 'postgresql', 'ldap', 'bindSearchAuth', 'bindPassword', 'name'),
    ...itemsAt(cluster, 'spec', 'monitoring', 'customQueriesSecret').map((each) => textAt(each, 'name')),
    ...itemsAt(cluster, 'spec', 'externalClusters').flatMap((server) =>
      ['sslCert', 'sslRootCert', 'sslKey', 'password'].map((key) => textAt(server, key, 'name')),
    ),
    ...itemsAt(cluster, 'spec', 'managed', 'roles').map(passwordOf),
    ...all('DatabaseRole')
      .filter((login) => textAt(login, 'spec', 'cluster', 'name') === name)
      .map((login) => passwordOf(login['spec'])),
  ]
}

/** What poolers do once their Secrets are there: pkg/specs/pgbouncer/rbac.go, internal/controller/pooler_status.go. */
export function makePoolerRole(pooler: Manifest, cluster: Manifest | undefined): Manifest[] {
  const { name, namespace = 'default' } = pooler.metadata
  const of = textAt(pooler, 'spec', 'cluster', 'name') ?? ''
  const said = (key: string) => textAt(pooler, 'spec', 'pgbouncer', key, 'name')
  const certificate = (key: string, suffix: string) =>
    textAt(cluster, 'spec', 'certificates', key) ?? `${of}-${suffix}`
  const secrets = [
    said('authQuerySecret') ?? `${of}-pooler`,
    said('serverCASecret') ?? certificate('serverCASecret', 'ca'),
    said('serverTLSSecret'),
    said('clientCASecret') ?? certificate('clientCASecret', 'ca'),
    said('clientTLSSecret') ?? certificate('serverTLSSecret', 'server'),
  ]
  const rules = [
    rule(GROUP, ['poolers'], ['get', 'watch'], [name]),
    rule(GROUP, ['poolers/status'], ['get', 'patch', 'update', 'watch'], [name]),
    rule('', ['secrets'], ['get', 'watch'], secrets),
  ]
  const account = textAt(pooler, 'spec', 'serviceAccountName') ?? name
  return [
    made(role, name, { namespace, labels: {} }, { rules }),
    bound(name, managed(namespace), { role: name, account }),
  ]
}
