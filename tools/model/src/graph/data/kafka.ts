import type { JsonObject } from '../../json.ts'
import { entriesAt, numberAt, textAt, valueAt } from '../../read-value.ts'
import { networkPeers } from '../network-peer.ts'
import type { DataKind, DataRelease } from './data-kind.ts'
import { fromSecret } from './from-secret.ts'
import { followKafka } from './kafka-mirror.ts'
import { consumerGroupOf, usersOfKafka } from './kafka-users.ts'

/** Strimzi's port for the metrics of every part. */
const METRICS_PORT = 9404

/** Name of the SSL bundle in Spring: https://docs.spring.io/spring-boot/reference/features/ssl.html. */
const BUNDLE = 'SPRING_SSL_BUNDLE_PEM_KAFKA'

/** A cluster of Strimzi: names and labels as the operator (1.2) and the chart `kafka` give them. */
export const kafka: DataKind = {
  clients: (data) => [{ podLabels: partOf(data, 'kafka'), ports: [portOf(data)], list: 'ingress' }],
  metrics: (data) => [
    { podLabels: partOf(data, 'kafka'), ports: [METRICS_PORT], list: 'ingress', suffix: ':metrics' },
  ],
  reaches: () => [],
  follows: followKafka,
  users: usersOfKafka,
  values: ({ strimzi, kubernetesApi }) => ({
    podMonitor: { enabled: true },
    network: {
      operator: { peers: networkPeers(strimzi) },
      apiServer: {
        peers: networkPeers(kubernetesApi),
        ...(kubernetesApi.ports[0] && { port: kubernetesApi.ports[0].port }),
      },
    },
  }),
  settings: (data, service) => ({
    SPRING_KAFKA_BOOTSTRAP_SERVERS: `${data.objects}-kafka-bootstrap.${data.namespace}.svc:${portOf(data)}`,
    SPRING_KAFKA_SECURITY_PROTOCOL: 'SSL',
    SPRING_KAFKA_SSL_BUNDLE: 'kafka',
    [`${BUNDLE}_TRUSTSTORE_CERTIFICATE`]: fromSecret(`${data.objects}-cluster-ca-cert`, 'ca.crt'),
    [`${BUNDLE}_KEYSTORE_CERTIFICATE`]: fromSecret(service, 'user.crt'),
    [`${BUNDLE}_KEYSTORE_PRIVATEKEY`]: fromSecret(service, 'user.key'),
    // No acknowledged record is lost, and none is read before it is safe.
    SPRING_KAFKA_PRODUCER_ACKS: 'all',
    SPRING_KAFKA_CONSUMER_ENABLEAUTOCOMMIT: 'false',
    SPRING_KAFKA_CONSUMER_ISOLATIONLEVEL: 'read_committed',
    ...identities(service, valueAt(data.values, 'users', service)),
  }),
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

/** The first listener inside the cluster that takes client certificates. */
function portOf({ values }: DataRelease): number {
  const listeners = entriesAt(values, 'listeners').map(([, listener]) => listener)
  const found = listeners.find(
    (listener) =>
      valueAt(listener, 'enabled') !== false &&
      (textAt(listener, 'type') ?? 'internal') === 'internal' &&
      (textAt(listener, 'authentication') ?? 'tls') === 'tls',
  )
  return numberAt(found, 'port') ?? 9093
}

const partOf = ({ objects }: DataRelease, part: string) => ({ 'strimzi.io/name': `${objects}-${part}` })
