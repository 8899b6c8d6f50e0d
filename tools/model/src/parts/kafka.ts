import type { ChartValues } from '@opencore/contract'
import type { JsonObject } from '../json.ts'
import { entriesAt, numberAt, textAt, valueAt } from '../read-value.ts'
import { deriveApiServer } from './derive-api-server.ts'
import { deriveData } from './derive-data.ts'
import { derive, joinDerived, type DerivedValues } from './derived-values.ts'
import { tcp } from './end.ts'
import { fromSecret } from './from-secret.ts'
import { makeConnect, makeKafka, makeUser } from './kafka/make-cluster.ts'
import { makeNodes } from './kafka/make-nodes.ts'
import { followKafka } from './kafka/mirror.ts'
import { publishedByKafka } from './kafka/published.ts'
import { consumerGroupOf, usersOfKafka } from './kafka/users.ts'
import { networkPeers } from './network-rule.ts'
import type { DataKind, Facts, Part } from './part.ts'
import { useSchema } from './use-schema.ts'

/** What a service may do in a Kafka cluster, as the chart's values say it of one user: its roles, and limits. */
type KafkaRights = NonNullable<ChartValues['kafka']['users']>[string]

/** Strimzi's port for the metrics of every part. */
const METRICS_PORT = 9404

/** Name of the SSL bundle in Spring: https://docs.spring.io/spring-boot/reference/features/ssl.html. */
const BUNDLE = 'SPRING_SSL_BUNDLE_PEM_KAFKA'

/** A cluster of Strimzi: names and labels as the operator (1.2) and the chart `kafka` give them. */
export const kafka = {
  use: useSchema<KafkaRights>(),
  doors: (part) => {
    const door = { podLabels: podLabelsOf(part, 'kafka'), list: 'ingress' }
    return [
      { ...door, for: 'clients', ports: tcp(...portsOf(part)) },
      { ...door, for: 'prometheus', ports: tcp(METRICS_PORT), suffix: ':metrics' },
    ]
  },
  calls: (part) => {
    const [podLabels = {}, ...also] = callersOf(part).map((pods) => podLabelsOf(part, pods))
    return [{ to: 'kubernetes-api', podLabels, also, list: 'apiServer' }]
  },
  follows: followKafka,
  users: usersOfKafka,
  publishes: publishedByKafka,
  values: (facts) =>
    joinDerived([
      deriveData(facts),
      derive(['podMonitor', 'enabled'], true, facts.part.place),
      deriveApiServer(facts),
      deriveOperator(facts),
    ]),
  settings: (data, service) => {
    const user = valueAt(data.values, 'users', service)
    const port = portOf(data, authenticationOf(user))
    return {
      SPRING_KAFKA_BOOTSTRAP_SERVERS: `${data.objects}-kafka-bootstrap.${data.namespace}.svc:${port}`,
      SPRING_KAFKA_SSL_BUNDLE: 'kafka',
      [`${BUNDLE}_TRUSTSTORE_CERTIFICATE`]: fromSecret(`${data.objects}-cluster-ca-cert`, 'ca.crt'),
      ...credentials(service, user),
      // No acknowledged record is lost, and none is read before it is safe.
      SPRING_KAFKA_PRODUCER_ACKS: 'all',
      SPRING_KAFKA_CONSUMER_ENABLEAUTOCOMMIT: 'false',
      SPRING_KAFKA_CONSUMER_ISOLATIONLEVEL: 'read_committed',
      ...identities(service, user),
    }
  },
  makes: {
    'kafka.strimzi.io/Kafka': makeKafka,
    'kafka.strimzi.io/KafkaNodePool': makeNodes,
    'kafka.strimzi.io/KafkaUser': makeUser,
    'kafka.strimzi.io/KafkaConnect': makeConnect('connect'),
    'kafka.strimzi.io/KafkaMirrorMaker2': makeConnect('mirrormaker2'),
  },
} satisfies DataKind

function deriveOperator({ platform }: Facts): DerivedValues {
  const { value, place } = platform('strimzi')
  return derive(['network', 'operator', 'peers'], networkPeers(value), place)
}

/** How a user proves who it is: by what listeners call `tls` or `scram-sha-512`. */
const authenticationOf = (user: unknown) =>
  textAt(user, 'authentication') === 'scram-sha-512' ? 'scram-sha-512' : 'tls'

/** Strimzi's User Operator writes a Secret of the user's name, with a certificate or a password. */
function credentials(service: string, user: unknown): JsonObject {
  return authenticationOf(user) === 'tls'
    ? {
        SPRING_KAFKA_SECURITY_PROTOCOL: 'SSL',
        [`${BUNDLE}_KEYSTORE_CERTIFICATE`]: fromSecret(service, 'user.crt'),
        [`${BUNDLE}_KEYSTORE_PRIVATEKEY`]: fromSecret(service, 'user.key'),
      }
    : {
        SPRING_KAFKA_SECURITY_PROTOCOL: 'SASL_SSL',
        SPRING_KAFKA_PROPERTIES_SASL_MECHANISM: 'SCRAM-SHA-512',
        SPRING_KAFKA_PROPERTIES_SASL_JAAS_CONFIG: fromSecret(service, 'sasl.jaas.config'),
      }
}

/** The names that its rights hold for; under any other the brokers refuse it. */
function identities(service: string, user: unknown): JsonObject {
  const group = consumerGroupOf(service, user)
  const prefix = textAt(user, 'producer', 'transactionalIdPrefix')
  const application = textAt(user, 'streams', 'applicationId')
  return {
    ...(group !== undefined && { SPRING_KAFKA_CONSUMER_GROUPID: group }),
    ...(prefix !== undefined && { SPRING_KAFKA_PRODUCER_TRANSACTIONIDPREFIX: prefix }),
    ...(application !== undefined && { SPRING_KAFKA_STREAMS_APPLICATIONID: application }),
  }
}

/** The ports of all listeners that users of the cluster come in by. */
function portsOf(data: Part): number[] {
  const ways = entriesAt(data.values, 'users').map(([, user]) => authenticationOf(user))
  return [...new Set(ways.length > 0 ? ways : ['tls'])].map((way) => portOf(data, way)).sort((a, b) => a - b)
}

/** The first listener inside the cluster that takes such clients. */
function portOf({ values }: Part, authentication: string): number {
  const listeners = entriesAt(values, 'listeners').map(([, listener]) => listener)
  const found = listeners.find(
    (listener) =>
      valueAt(listener, 'enabled') !== false &&
      (textAt(listener, 'type') ?? 'internal') === 'internal' &&
      (textAt(listener, 'authentication') ?? 'tls') === authentication,
  )
  return numberAt(found, 'port') ?? 9093
}

/**
 * The pods that call the API server. Nodes and workers read their certificates from Secrets there
 * (strimzi-kafka-operator 1.2.0, KafkaBrokerConfigurationBuilder.java:553, KafkaConnectConfigurationBuilder.java:255), the
 * entity operator its users and topics.
 */
function callersOf({ values }: Part): string[] {
  const workers = { connect: 'connect-connect', mirror: 'mirror-mirrormaker2' }
  const enabled = Object.entries(workers).filter(([key]) => valueAt(values, key, 'enabled') === true)
  return ['kafka', 'entity-operator', ...enabled.map(([, pods]) => pods)]
}

const podLabelsOf = ({ objects }: Part, part: string) => ({ 'strimzi.io/name': `${objects}-${part}` })
