import type { ChartValues } from '@opencore/contract'
import type { JsonObject } from '../json.ts'
import { entriesAt, textAt, valueAt } from '../read-value.ts'
import { CLOUD_IDENTITY } from './cloud-identity.ts'
import { deriveData } from './derive-data.ts'
import { derive, joinDerived, nothing, type DerivedValues } from './derived-values.ts'
import { tcp } from './end.ts'
import { makeKafka } from './kafka/make-cluster.ts'
import { makeConnect } from './kafka/make-connect.ts'
import { makeNodes } from './kafka/make-nodes.ts'
import { makeUser } from './kafka/make-user.ts'
import { insideKafka } from './kafka/inside.ts'
import { portOf } from './kafka/listeners.ts'
import { operatorDoors } from './kafka/operator-doors.ts'
import { followKafka } from './kafka/mirror.ts'
import { CONNECT, MIRROR, podLabelsOf } from './kafka/pods.ts'
import { publishedByKafka } from './kafka/published.ts'
import { consumerGroupOf, shutdownPhasesOf, usersOfKafka } from './kafka/users.ts'
import { API_SERVER } from './network-enforcer.ts'
import { networkPeers } from './network-rule.ts'
import type { DataKind, Facts, Part } from './part.ts'
import { fileUrl, type Settings } from './settings.ts'
import { useSchema } from './use-schema.ts'

/** What a service may do in a Kafka cluster, as the chart's values say it of one user: its roles, and limits. */
type KafkaRights = NonNullable<ChartValues['kafka']['users']>[string]

/** Strimzi's port for the metrics of every part. */
const METRICS_PORT = 9404

/** The workers of Connect, and those of MirrorMaker, which the graph makes where a region follows another. */
const WORKERS = [CONNECT, MIRROR]

/**
 * The pods that call the API server. Nodes and workers read their certificates from Secrets there
 * (strimzi-kafka-operator 1.2.0, KafkaBrokerConfigurationBuilder.java:553, KafkaConnectConfigurationBuilder.java:255), the
 * entity operator its users and topics.
 */
const CALLERS = ['kafka', 'entity-operator', ...WORKERS]

/** The pods with metrics that Prometheus scrapes. */
const SCRAPED = ['kafka', 'kafka-exporter', ...WORKERS]

/** Folders with the authority of the brokers, and with what the user proves itself by. */
const AUTHORITY = 'kafka-authority'
const USER = 'kafka-user'

const ZONE = 'topology.kubernetes.io/zone'

/** Name of the SSL bundle in Spring: https://docs.spring.io/spring-boot/reference/features/ssl.html. */
const BUNDLE = 'SPRING_SSL_BUNDLE_PEM_KAFKA'

/** A cluster of Strimzi: names and labels as the operator (1.2) and the chart `kafka` give them. */
export const kafka = {
  use: useSchema<KafkaRights>(),
  look: { shape: 'cylinder', fill: '#f3e8f8' },
  first: {
    flag: '--topic',
    takes: '<name...>',
    what: 'its topics, facts such as <service>.events',
    values: (topics) => ({
      topics: Object.fromEntries(topics.map((name) => [name, { compatibility: 'FULL_TRANSITIVE' }])),
    }),
    example: 'decisions --about "Who gets a loan." --topic loans.decisions',
  },
  used: {
    what: 'topic',
    rights: {
      writes: (topics) => ({ producer: { topics: [...topics] } }),
      reads: (topics) => ({ consumer: { topics: [...topics] } }),
    },
  },
  doors: (part) => {
    const door = { podLabels: podLabelsOf(part, 'kafka'), list: 'ingress' }
    const receivers = SCRAPED.map((pods) => podLabelsOf(part, pods))
    return [
      { ...door, for: 'clients', ports: tcp(...portsOf(part)) },
      { ...door, for: 'prometheus', ports: tcp(METRICS_PORT), suffix: ':metrics', receivers },
      ...operatorDoors(part),
    ]
  },
  inside: insideKafka,
  calls: (part) => {
    const [podLabels = {}, ...also] = CALLERS.map((pods) => podLabelsOf(part, pods))
    const connect = podLabelsOf(part, CONNECT)
    return [
      { to: API_SERVER, podLabels, also, list: 'apiServer' },
      // Whether a connector talks to the cloud is known to its plugin alone.
      ...(hasConnect(part)
        ? [
            {
              to: CLOUD_IDENTITY,
              podLabels: connect,
              list: 'identity',
              account: ['connect', 'serviceAccountAnnotations'],
              ifRole: true as const,
            },
          ]
        : []),
    ]
  },
  follows: followKafka,
  users: usersOfKafka,
  publishes: publishedByKafka,
  alertLabels: ['rules', 'alertLabels'],
  values: (facts) =>
    joinDerived([
      deriveData(facts),
      derive(['podMonitor', 'enabled'], true, facts.part.place),
      deriveOperator(facts),
      deriveDrain(facts),
    ]),
  settings: (data, { name: service }) => {
    const user = valueAt(data.values, 'users', service)
    const port = portOf(data, authenticationOf(user))
    const { env, ...proof } = credentials(service, user)
    return {
      ...proof,
      shutdownPhases: shutdownPhasesOf(user),
      files: {
        ...proof.files,
        // Kafka's client builds its TLS context once, whatever Spring's bundle has been told since.
        [AUTHORITY]: { secretName: `${data.objects}-cluster-ca-cert`, keys: ['ca.crt'], readOnce: true },
      },
      env: {
        SPRING_KAFKA_BOOTSTRAP_SERVERS: `${data.objects}-kafka-bootstrap.${data.namespace}.svc:${port}`,
        SPRING_KAFKA_SSL_BUNDLE: 'kafka',
        [`${BUNDLE}_RELOADONUPDATE`]: 'true',
        [`${BUNDLE}_TRUSTSTORE_CERTIFICATE`]: fileUrl(AUTHORITY, 'ca.crt'),
        ...env,
        // No acknowledged record is lost, and none is read before it is safe.
        SPRING_KAFKA_PRODUCER_ACKS: 'all',
        SPRING_KAFKA_CONSUMER_ENABLEAUTOCOMMIT: 'false',
        SPRING_KAFKA_CONSUMER_ISOLATIONLEVEL: 'read_committed',
        // A group without a position begins with what is there, or it would miss what came before it.
        SPRING_KAFKA_CONSUMER_AUTOOFFSETRESET: 'earliest',
        ...rack(data),
        ...identities(service, user),
      },
    }
  },
  makes: {
    'kafka.strimzi.io/Kafka': makeKafka,
    'kafka.strimzi.io/KafkaNodePool': makeNodes,
    'kafka.strimzi.io/KafkaUser': makeUser,
    'kafka.strimzi.io/KafkaConnect': makeConnect({ suffix: 'connect', type: 'kafka-connect' }),
    'kafka.strimzi.io/KafkaMirrorMaker2': makeConnect({
      suffix: 'mirrormaker2',
      type: 'kafka-mirror-maker-2',
    }),
  },
  podIdentity: ['strimzi.io/pod-name'],
  access: { 'kafka.strimzi.io/KafkaUser': 'whole' },
} satisfies DataKind

function deriveOperator({ platform }: Facts): DerivedValues {
  const { value, place } = platform('strimzi')
  return derive(['network', 'operator', 'peers'], networkPeers(value), place)
}

/** Where the cluster has Strimzi's Drain Cleaner, evictions of nodes are Strimzi's to answer. */
function deriveDrain({ known }: Facts): DerivedValues {
  const cleaner = known('drain-cleaner')
  return cleaner ? derive(['drainCleaner', 'enabled'], true, cleaner.place) : nothing
}

/** How a user proves who it is: by what listeners call `tls` or `scram-sha-512`. */
const authenticationOf = (user: unknown) =>
  textAt(user, 'authentication') === 'scram-sha-512' ? 'scram-sha-512' : 'tls'

/** Strimzi's User Operator writes a Secret of the user's name, with a certificate or a password. */
function credentials(service: string, user: unknown): Settings {
  return authenticationOf(user) === 'tls'
    ? {
        env: {
          SPRING_KAFKA_SECURITY_PROTOCOL: 'SSL',
          [`${BUNDLE}_KEYSTORE_CERTIFICATE`]: fileUrl(USER, 'user.crt'),
          [`${BUNDLE}_KEYSTORE_PRIVATEKEY`]: fileUrl(USER, 'user.key'),
        },
        files: { [USER]: { secretName: service, keys: ['user.crt', 'user.key'], readOnce: true } },
      }
    : {
        env: {
          SPRING_KAFKA_SECURITY_PROTOCOL: 'SASL_SSL',
          SPRING_KAFKA_PROPERTIES_SASL_MECHANISM: 'SCRAM-SHA-512',
        },
        properties: {
          'spring.kafka.properties.sasl.jaas': { secretName: service, keys: { config: 'sasl.jaas.config' } },
        },
      }
}

/**
 * Consumers read from the replica in their own zone, where brokers know zones as racks. Kubernetes gives a pod the zone of
 * its node as a label (PodTopologyLabelsAdmission, on since 1.35); where it does not, the rack is empty, as by default.
 */
function rack({ values }: Part): JsonObject {
  const isZone = (textAt(values, 'racks', 'topologyKey') ?? ZONE) === ZONE
  if (valueAt(values, 'racks', 'enabled') === false || !isZone) return {}
  return { SPRING_KAFKA_PROPERTIES_CLIENT_RACK: { fieldRef: { fieldPath: `metadata.labels['${ZONE}']` } } }
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

const hasConnect = ({ values }: Part) => valueAt(values, 'connect', 'enabled') === true
