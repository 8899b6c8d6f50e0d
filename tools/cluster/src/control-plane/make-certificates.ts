// The certificate library's dependency injection needs this first.
import 'reflect-metadata'
import { webcrypto } from 'node:crypto'
import * as x509 from '@peculiar/x509'

/** A certificate and its private key, both PEM. */
export interface KeyPair {
  certificate: string
  key: string
}

/** Everything that the servers of one folder need to trust each other. */
export interface Certificates {
  /** The authority's certificate, PEM. Its key is dropped: nobody can issue more. */
  authority: string
  /** For etcd and every API server, on loopback. */
  server: KeyPair
  /** One for each name of CLIENTS. */
  clients: Record<ClientName, KeyPair>
  /** Signs and checks service account tokens, PEM. */
  serviceAccount: { publicKey: string; privateKey: string }
}

/** Clients by the user and group that Kubernetes' built-in roles expect of them. */
const CLIENTS = {
  admin: 'CN=opencore-admin, O=system:masters',
  'kube-controller-manager': 'CN=system:kube-controller-manager',
  'kube-scheduler': 'CN=system:kube-scheduler',
} as const
export type ClientName = keyof typeof CLIENTS

/** 10.96.0.1 is the first address of the service range, where pods look for the API server. */
const SERVER_NAMES: x509.JsonGeneralNames = [
  { type: 'ip', value: '127.0.0.1' },
  { type: 'ip', value: '10.96.0.1' },
  { type: 'dns', value: 'localhost' },
  { type: 'dns', value: 'kubernetes.default.svc' },
]
const ALGORITHM = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' } as const
const DAY_MS = 86_400_000
const VALID_DAYS = 365

/** Make a new authority and all certificates below it: about 20 ms, nothing is written. */
export async function makeCertificates(): Promise<Certificates> {
  const authority = await makeAuthority()
  const client = (name: ClientName) => issue(authority, CLIENTS[name])
  const serviceAccount = await generateKeys()
  return {
    authority: authority.certificate.toString('pem'),
    server: await issue(authority, 'CN=opencore-server', SERVER_NAMES),
    clients: {
      admin: await client('admin'),
      'kube-controller-manager': await client('kube-controller-manager'),
      'kube-scheduler': await client('kube-scheduler'),
    },
    serviceAccount: {
      publicKey: pem('PUBLIC KEY', await webcrypto.subtle.exportKey('spki', serviceAccount.publicKey)),
      privateKey: await exportKey(serviceAccount),
    },
  }
}

interface Authority {
  certificate: x509.X509Certificate
  keys: webcrypto.CryptoKeyPair
}

async function makeAuthority(): Promise<Authority> {
  const keys = await generateKeys()
  const certificate = await x509.X509CertificateGenerator.createSelfSigned({
    name: 'CN=opencore-platform',
    keys,
    signingAlgorithm: ALGORITHM,
    ...validity(),
    extensions: [
      new x509.BasicConstraintsExtension(true, 0, true),
      new x509.KeyUsagesExtension(x509.KeyUsageFlags.keyCertSign, true),
    ],
  })
  return { certificate, keys }
}

async function issue(authority: Authority, subject: string, names?: x509.JsonGeneralNames): Promise<KeyPair> {
  const keys = await generateKeys()
  const certificate = await x509.X509CertificateGenerator.create({
    subject,
    issuer: authority.certificate.subject,
    publicKey: keys.publicKey,
    signingKey: authority.keys.privateKey,
    signingAlgorithm: ALGORITHM,
    ...validity(),
    extensions: [
      new x509.BasicConstraintsExtension(false, undefined, true),
      new x509.KeyUsagesExtension(x509.KeyUsageFlags.digitalSignature, true),
      // etcd is both ends of its peer connection, so its server certificate is a client's too.
      new x509.ExtendedKeyUsageExtension([
        x509.ExtendedKeyUsage.clientAuth,
        x509.ExtendedKeyUsage.serverAuth,
      ]),
      ...(names === undefined ? [] : [new x509.SubjectAlternativeNameExtension(names)]),
    ],
  })
  return { certificate: certificate.toString('pem'), key: await exportKey(keys) }
}

/** Valid from an hour ago, for clocks that were set back. */
function validity() {
  const now = Date.now()
  return { notBefore: new Date(now - DAY_MS / 24), notAfter: new Date(now + VALID_DAYS * DAY_MS) }
}

function generateKeys(): Promise<webcrypto.CryptoKeyPair> {
  return webcrypto.subtle.generateKey(ALGORITHM, true, ['sign', 'verify'])
}

async function exportKey({ privateKey }: webcrypto.CryptoKeyPair): Promise<string> {
  return pem('PRIVATE KEY', await webcrypto.subtle.exportKey('pkcs8', privateKey))
}

function pem(label: string, bytes: ArrayBuffer): string {
  const lines =
    Buffer.from(bytes)
      .toString('base64')
      .match(/.{1,64}/g) ?? []
  return [`-----BEGIN ${label}-----`, ...lines, `-----END ${label}-----`, ''].join('\n')
}
