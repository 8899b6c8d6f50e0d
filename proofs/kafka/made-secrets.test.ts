import { isObject } from '@opencore/contract'
import { listMade, neighboursAmong, type Manifest } from '@opencore/model'
import { describe, expect, it } from 'vitest'

// Secrets that Strimzi 1.2.0 writes, transcribed from its source: names, keys, and the label by which one asks for them.
// Paths are below cluster-operator/src/main/java/io/strimzi/operator/cluster unless said otherwise.

const kafka = (spec: object): Manifest => resource('Kafka', 'events', { kafka: { listeners: [] }, ...spec })

function resource(kind: string, name: string, spec: object): Manifest {
  const labels = { team: 'data', 'app.kubernetes.io/name': 'kafka', 'strimzi.io/cluster': 'events' }
  return { apiVersion: 'kafka.strimzi.io/v1', kind, metadata: { name, namespace: 'data', labels }, spec }
}

/** Keys of the Secrets that are made of a resource, by name. */
function secretsOf(object: Manifest): Record<string, string[]> {
  const secrets = listMade(object, neighboursAmong([object])).filter(({ kind }) => kind === 'Secret')
  return Object.fromEntries(
    secrets.map(({ metadata, data }) => [metadata.name, Object.keys(isObject(data) ? data : {}).sort()]),
  )
}

const authorities = {
  // operator/assembly/InternalCaProvider.java; keys in operator-common, ca/InternalCa.java: CA_CRT, CA_STORE,
  // CA_STORE_PASSWORD and CA_KEY. Stores are on by default (PKCS12_KEYSTORE_GENERATION in ClusterOperatorConfig.java).
  'events-cluster-ca-cert': ['ca.crt', 'ca.p12', 'ca.password'],
  'events-cluster-ca': ['ca.key'],
  'events-clients-ca-cert': ['ca.crt', 'ca.p12', 'ca.password'],
  'events-clients-ca': ['ca.key'],
}
// operator/assembly/CaReconciler.java: reconcileClusterOperatorSecret, reconcileTrustBundleSecret.
const always = {
  'events-cluster-operator-certs': ['cluster-operator.crt', 'cluster-operator.key'],
  'events-trustbundle': ['clients-ca.crt', 'cluster-ca.crt'],
}
const entity = { topicOperator: {}, userOperator: {} }
const given = { generateCertificateAuthority: false }

describe('the Secrets that Strimzi makes', () => {
  it.each([
    ['of a Kafka', kafka({}), { ...authorities, ...always }],
    [
      'of a Kafka with authorities of its own',
      kafka({ clusterCa: given, clientsCa: given }),
      always, // operator/assembly/CustomCaProvider.java writes none.
    ],
    [
      'of what looks after a Kafka',
      kafka({ entityOperator: entity, cruiseControl: {}, kafkaExporter: {} }),
      {
        ...authorities,
        ...always,
        // model/{EntityTopicOperator,EntityUserOperator}.java, generateCertificatesSecret: keys by EntityOperator.COMPONENT_TYPE.
        'events-entity-topic-operator-certs': ['entity-operator.crt', 'entity-operator.key'],
        'events-entity-user-operator-certs': ['entity-operator.crt', 'entity-operator.key'],
        // model/CruiseControl.java; model/cruisecontrol/HashLoginServiceApiCredentials.java with the keys of
        // operator-common, model/cruisecontrol/CruiseControlApiProperties.java.
        'events-cruise-control-certs': ['cruise-control.crt', 'cruise-control.key'],
        'events-cruise-control-api': [
          'cruise-control.authFile',
          'healthcheck.password',
          'rebalance-operator.password',
        ],
        'events-entity-topic-operator-cc-api': [
          'topic-operator.apiAdminName',
          'topic-operator.apiAdminPassword',
        ],
        // model/KafkaExporter.java, generateCertificatesSecret.
        'events-kafka-exporter-certs': ['kafka-exporter.crt', 'kafka-exporter.key'],
      },
    ],
    [
      // operator/assembly/CruiseControlReconciler.java: only where there is a topic operator.
      'of Cruise Control alone',
      kafka({ cruiseControl: {}, entityOperator: { userOperator: {} } }),
      {
        ...authorities,
        ...always,
        'events-entity-user-operator-certs': ['entity-operator.crt', 'entity-operator.key'],
        'events-cruise-control-certs': ['cruise-control.crt', 'cruise-control.key'],
        'events-cruise-control-api': [
          'cruise-control.authFile',
          'healthcheck.password',
          'rebalance-operator.password',
        ],
      },
    ],
    [
      // model/KafkaCluster.java, buildSecretsFromCertAndKeys: one for each node, of the node's name.
      'of a pool',
      resource('KafkaNodePool', 'brokers', {
        replicas: 2,
        roles: ['broker'],
        storage: { type: 'ephemeral' },
      }),
      {
        'events-brokers-0': ['events-brokers-0.crt', 'events-brokers-0.key'],
        'events-brokers-1': ['events-brokers-1.crt', 'events-brokers-1.key'],
      },
    ],
    // user-operator, model/KafkaUserModel.java, generateSecret.
    [
      'of a user with a certificate',
      resource('KafkaUser', 'payments', { authentication: { type: 'tls' } }),
      { payments: ['ca.crt', 'user.crt', 'user.key', 'user.p12', 'user.password'] },
    ],
    [
      'of a user with a password',
      resource('KafkaUser', 'payments', { authentication: { type: 'scram-sha-512' } }),
      { payments: ['password', 'sasl.jaas.config'] },
    ],
    [
      'of a user whose certificate is somebody else’s',
      resource('KafkaUser', 'payments', { authentication: { type: 'tls-external' } }),
      {},
    ],
    // operator/assembly/AbstractConnectOperator.java, tlsTrustedCertsSecret.
    [
      'of Connect that trusts a certificate',
      resource('KafkaConnect', 'connect', { tls: { trustedCertificates: [{ secretName: 'ca' }] } }),
      { 'connect-connect-tls-trusted-certs': ['ca.crt'] },
    ],
    // operator/assembly/KafkaMirrorMaker2AssemblyOperator.java, the same; tlsCertificateKey in model/KafkaMirrorMaker2Cluster.java.
    [
      'of a mirror',
      resource('KafkaMirrorMaker2', 'mirror', {
        target: { alias: 'here', tls: { trustedCertificates: [{ secretName: 'ca' }] } },
        mirrors: [
          { source: { alias: 'there', tls: { trustedCertificates: [{ secretName: 'ca-there' }] } } },
          { source: { alias: 'plain' } },
        ],
      }),
      { 'mirror-connect-tls-trusted-certs': ['here-ca.crt', 'there-ca.crt'] },
    ],
  ])('%s', (_, object, secrets) => {
    expect(secretsOf(object)).toEqual(secrets)
  })

  it('carry labels of the operator that writes them, and those of the resource that are nobody’s', () => {
    const [user] = listMade(
      resource('KafkaUser', 'payments', { authentication: { type: 'tls' } }),
      neighboursAmong([]),
    )
    expect(user?.metadata.labels).toEqual({
      team: 'data',
      'strimzi.io/cluster': 'events',
      'strimzi.io/kind': 'KafkaUser',
      'app.kubernetes.io/name': 'strimzi-user-operator',
      'app.kubernetes.io/instance': 'payments',
      'app.kubernetes.io/part-of': 'strimzi-payments',
      'app.kubernetes.io/managed-by': 'strimzi-user-operator',
    })
  })
})
