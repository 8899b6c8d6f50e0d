// The certificate library's dependency injection needs this first.
import 'reflect-metadata'
import { webcrypto } from 'node:crypto'
import * as x509 from '@peculiar/x509'

/** A certificate and its private key, both PEM. */
export interface KeyPair {
  certificate: string
  key: string
}

/** Signs certificates of one small world of processes on this machine. */
export interface Authority {
  certificate: x509.X509Certificate
  keys: webcrypto.CryptoKeyPair
}

const ALGORITHM = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' } as const
const DAY_MS = 86_400_000
const VALID_DAYS = 365

/** A new authority, valid for a year. */
export async function makeAuthority(name: string): Promise<Authority> {
  const keys = await generateKeys()
  const certificate = await x509.X509CertificateGenerator.createSelfSigned({
    name: `CN=${name}`,
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

/** A certificate for both ends of a connection, with the names by which clients may reach it. */
export async function issue(
  authority: Authority,
  subject: string,
  names?: x509.JsonGeneralNames,
): Promise<KeyPair> {
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

/** A certificate for both ends of a connection that vouches for itself, as cert-manager's issuer `selfSigned` makes one. */
export async function selfSign(name: string): Promise<KeyPair> {
  const keys = await generateKeys()
  const certificate = await x509.X509CertificateGenerator.createSelfSigned({
    name: `CN=${name}`,
    keys,
    signingAlgorithm: ALGORITHM,
    ...validity(),
    extensions: [
      new x509.BasicConstraintsExtension(false, undefined, true),
      new x509.KeyUsagesExtension(x509.KeyUsageFlags.digitalSignature, true),
      new x509.ExtendedKeyUsageExtension([
        x509.ExtendedKeyUsage.clientAuth,
        x509.ExtendedKeyUsage.serverAuth,
      ]),
      new x509.SubjectAlternativeNameExtension([{ type: 'dns', value: name }]),
    ],
  })
  return { certificate: certificate.toString('pem'), key: await exportKey(keys) }
}

/** Valid from an hour ago, for clocks that were set back. */
function validity() {
  const now = Date.now()
  return { notBefore: new Date(now - DAY_MS / 24), notAfter: new Date(now + VALID_DAYS * DAY_MS) }
}

export function generateKeys(): Promise<webcrypto.CryptoKeyPair> {
  return webcrypto.subtle.generateKey(ALGORITHM, true, ['sign', 'verify'])
}

export async function exportKey({ privateKey }: webcrypto.CryptoKeyPair): Promise<string> {
  return pem('PRIVATE KEY', await webcrypto.subtle.exportKey('pkcs8', privateKey))
}

export function pem(label: string, bytes: ArrayBuffer): string {
  const lines =
    Buffer.from(bytes)
      .toString('base64')
      .match(/.{1,64}/g) ?? []
  return [`-----BEGIN ${label}-----`, ...lines, `-----END ${label}-----`, ''].join('\n')
}
