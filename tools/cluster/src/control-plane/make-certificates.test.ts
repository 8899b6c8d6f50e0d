import { X509Certificate } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { makeCertificates } from './make-certificates.ts'

describe(makeCertificates, async () => {
  const { authority, server, clients } = await makeCertificates()
  const root = new X509Certificate(authority)

  it('signs every certificate by the one authority', () => {
    for (const { certificate } of [server, ...Object.values(clients)]) {
      expect(new X509Certificate(certificate).verify(root.publicKey)).toBe(true)
    }
  })

  it('issues the server for loopback and for the address that pods use', () => {
    const { subjectAltName } = new X509Certificate(server.certificate)
    expect(subjectAltName).toContain('IP Address:127.0.0.1')
    expect(subjectAltName).toContain('IP Address:10.96.0.1')
  })

  it('names the users that the built-in roles know', () => {
    expect(new X509Certificate(clients.admin.certificate).subject).toBe('CN=opencore-admin\nO=system:masters')
    expect(new X509Certificate(clients['kube-scheduler'].certificate).subject).toBe(
      'CN=system:kube-scheduler',
    )
  })
})
