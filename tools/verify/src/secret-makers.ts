import type { ClusterView } from './cluster-view.ts'
import { asText, read } from './read.ts'
import type { KubernetesObject } from './rendered-object.ts'

/** Kinds whose operator writes Secrets, and the names that they get. */
const makers: Readonly<Record<string, (object: KubernetesObject) => readonly (string | undefined)[]>> = {
  // external-secrets.io: spec.target.name, else the name of the ExternalSecret.
  ExternalSecret: (object) => [asText(read(object, 'spec', 'target', 'name')) ?? object.metadata.name],
  // cert-manager.io
  Certificate: (object) => [asText(read(object, 'spec', 'secretName'))],
  // kafka.strimzi.io: the user's credentials, under the user's name.
  KafkaUser: (object) => [object.metadata.name],
  // kafka.strimzi.io: the certificate of the cluster's authority.
  Kafka: ({ metadata: { name } }) => [`${name}-cluster-ca-cert`],
  // postgresql.cnpg.io: the login of the first database's owner, and the authority of the servers' certificates.
  Cluster: ({ metadata: { name } }) => [`${name}-app`, `${name}-ca`],
}

/** Whether an operator will write this Secret because of an object that a release renders. */
export function makesSecret(cluster: ClusterView, namespace: string, name: string): boolean {
  return cluster
    .objectsOf(...Object.keys(makers))
    .some(
      ({ object }) => object.metadata.namespace === namespace && makers[object.kind]?.(object).includes(name),
    )
}
