import { textAt, valueAt } from '../../read-value.ts'
import { secret, type Frame, type Manifest, type Neighbours } from '../made.ts'

const LOGIN = [
  ...['username', 'user', 'password', 'dbname', 'host', 'port', 'pgpass'],
  ...['uri', 'jdbc-uri', 'fqdn-uri', 'fqdn-jdbc-uri'],
]
const CERTIFICATE = ['tls.crt', 'tls.key']

/**
 * Logins, authorities and certificates that nobody brought: internal/controller/cluster_{create,pki,status}.go and
 * pkg/specs/secrets.go.
 */
export function makeSecrets(cluster: Manifest, frame: Frame, neighbours: Neighbours): Manifest[] {
  const { name } = cluster.metadata
  const brings = (key: string) => textAt(cluster, 'spec', 'certificates', key) !== undefined
  const authority = secret(`${name}-ca`, frame, ['ca.crt', 'ca.key'])
  const hasSuperuser =
    valueAt(cluster, 'spec', 'enableSuperuserAccess') === true &&
    textAt(cluster, 'spec', 'superuserSecret', 'name') === undefined
  return [
    ...(brings('serverCASecret') && brings('clientCASecret') ? [] : [authority]),
    ...(brings('serverTLSSecret') ? [] : [secret(`${name}-server`, frame, CERTIFICATE)]),
    ...(brings('replicationTLSSecret') ? [] : [secret(`${name}-replication`, frame, CERTIFICATE)]),
    ...(isPooled(cluster, neighbours) ? [secret(`${name}-pooler`, frame, CERTIFICATE)] : []),
    ...(makesLogin(cluster) ? [secret(`${name}-app`, frame, LOGIN)] : []),
    ...(hasSuperuser ? [secret(`${name}-superuser`, frame, LOGIN)] : []),
  ]
}

/** Poolers log in by a certificate of the operator's, all by the same, unless they say how else: api/v1/pooler_funcs.go. */
function isPooled({ metadata }: Manifest, { all }: Neighbours): boolean {
  return all('Pooler').some(({ spec }) => {
    const said = (...path: string[]) => (textAt(spec, 'pgbouncer', ...path) ?? '') !== ''
    const isOwn = said('authQuery') || said('authQuerySecret', 'name') || said('serverTLSSecret', 'name')
    return textAt(spec, 'cluster', 'name') === metadata.name && !isOwn
  })
}

/**
 * The login of the database's owner. An import of whole servers has none; a replica gets its own when it is promoted, and
 * services that wait for that refer to it already.
 */
function makesLogin({ spec }: Manifest): boolean {
  const bootstrap = valueAt(spec, 'bootstrap')
  const way = ['recovery', 'pg_basebackup'].find((each) => valueAt(bootstrap, each) !== undefined)
  if (textAt(bootstrap, way ?? 'initdb', 'secret', 'name') !== undefined) return false
  const isMonolith = textAt(bootstrap, 'initdb', 'import', 'type') === 'monolith'
  return way !== undefined || !isMonolith || textAt(bootstrap, 'initdb', 'database') !== undefined
}
