import { itemsAt, numberAt, textAt, valueAt } from '../../read-value.ts'
import { frameFor } from './frame.ts'
import { bound, made, role, rule, serials, type Frame, type Manifest, type Neighbours } from '../made.ts'

/** What brokers and controllers read: generateRole and generateRoleBindingForRole in model/KafkaCluster.java. */
export function makeNodesRole(kafka: Manifest, frame: Frame, { all }: Neighbours): Manifest[] {
  const { name } = kafka.metadata
  const nodes = all('KafkaNodePool')
    .filter(({ metadata }) => textAt(metadata.labels, 'strimzi.io/cluster') === name)
    .flatMap((pool) =>
      serials(numberAt(pool, 'spec', 'replicas') ?? 0).map((id) => `${name}-${pool.metadata.name}-${id}`),
    )
  const takesCertificates = itemsAt(kafka, 'spec', 'kafka', 'listeners').some(
    (listener) => textAt(listener, 'authentication', 'type') === 'tls',
  )
  const clients = takesCertificates ? [`${name}-clients-ca-cert`] : []
  const secrets = [`${name}-cluster-ca-cert`, `${name}-trustbundle`, ...nodes, ...clients]
  return makeReader(`${name}-kafka`, `${name}-kafka-role`, frame, secrets)
}

/** What Connect and MirrorMaker 2 read: getAuthenticationSecretsToAccess in model/AuthenticationUtils.java. */
export function makeConnectRole(connect: Manifest, frame: Frame, suffix: string): Manifest[] {
  const { name } = connect.metadata
  const clusters = [
    valueAt(connect, 'spec'),
    valueAt(connect, 'spec', 'target'),
    ...itemsAt(connect, 'spec', 'mirrors').map((mirror) => valueAt(mirror, 'source')),
  ]
  const secrets = clusters.flatMap((cluster) => [
    ...(itemsAt(cluster, 'tls', 'trustedCertificates').length > 0
      ? [`${name}-connect-tls-trusted-certs`]
      : []),
    ...['certificateAndKey', 'passwordSecret'].flatMap(
      (way) => textAt(cluster, 'authentication', way, 'secretName') ?? [],
    ),
  ])
  const binding = suffix === 'connect' ? `${name}-connect-connect-role` : `${name}-${suffix}-role`
  return secrets.length === 0 ? [] : makeReader(`${name}-${suffix}`, binding, frame, secrets)
}

/**
 * What the entity operator does, as cluster-roles/031-ClusterRole-strimzi-entity-operator.yaml says: it writes the Secrets of
 * users, whose names are those of KafkaUsers to come, so it names none.
 * @param operators the two, as far as they are there: `topic-operator`, `user-operator`
 */
export function makeEntityRole(kafka: Manifest, frame: Frame, operators: readonly string[]): Manifest[] {
  const account = `${kafka.metadata.name}-entity-operator`
  const [reads, writes] = [
    ['get', 'list', 'watch'],
    ['create', 'patch', 'update'],
  ] as const
  const own = (resources: readonly string[], verbs: readonly string[]) =>
    rule('kafka.strimzi.io', resources, verbs)
  return [
    made(role, account, frame, {
      rules: [
        own(['kafkatopics'], [...reads, ...writes, 'delete']),
        own(['kafkausers'], [...reads, ...writes]),
        own(['kafkatopics/status', 'kafkausers/status'], ['get', 'patch', 'update']),
        own(['kafkatopics/finalizers', 'kafkausers/finalizers'], ['update']),
        rule('', ['secrets'], [...reads, 'create', 'delete', 'patch', 'update']),
      ],
    }),
    ...operators.map((operator) =>
      bound(`${kafka.metadata.name}-entity-${operator}-role`, frameFor(kafka, `entity-${operator}`), {
        role: account,
        account,
      }),
    ),
  ]
}

/** A Role that reads Secrets by their names, for the account of the same name. */
function makeReader(account: string, binding: string, frame: Frame, secrets: readonly string[]): Manifest[] {
  return [
    made(role, account, frame, { rules: [rule('', ['secrets'], ['get'], secrets)] }),
    bound(binding, frame, { role: account, account }),
  ]
}
