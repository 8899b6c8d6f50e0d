import { valueAt } from '../../read-value.ts'
import { secret, type Frame, type Manifest } from '../made.ts'
import { frameOf } from './frame.ts'

/**
 * Secrets of a Kafka: its two authorities unless somebody brings them, what the operator knows itself by, and both
 * authorities' certificates in one. operator/assembly/{CaReconciler,InternalCaProvider}.java
 */
export function makeAuthorities(kafka: Manifest): Manifest[] {
  const { name } = kafka.metadata
  const frameFor = (type: string): Frame =>
    frameOf(kafka, { cluster: name, name: 'strimzi', type, kind: 'Kafka' })
  const brings = (authority: string) =>
    valueAt(kafka, 'spec', authority, 'generateCertificateAuthority') === false
  const authority = (suffix: string) => [
    secret(`${name}-${suffix}-cert`, frameFor('certificate-authority'), ['ca.crt', 'ca.p12', 'ca.password']),
    secret(`${name}-${suffix}`, frameFor('certificate-authority'), ['ca.key']),
  ]
  return [
    ...(brings('clusterCa') ? [] : authority('cluster-ca')),
    ...(brings('clientsCa') ? [] : authority('clients-ca')),
    certificate(`${name}-cluster-operator-certs`, frameFor('strimzi'), 'cluster-operator'),
    secret(`${name}-trustbundle`, frameFor('trust-bundle'), ['clients-ca.crt', 'cluster-ca.crt']),
  ]
}

/** A certificate and its key: model/CertSecretUtils.java. */
export const certificate = (name: string, frame: Frame, of: string): Manifest =>
  secret(name, frame, [`${of}.crt`, `${of}.key`])
