import { applyAll, type KubernetesObject } from '@opencore/cluster'
import { X509Certificate } from 'node:crypto'
import { afterAll, beforeAll, expect, it, vi } from 'vitest'
import { renderCases } from '../shared/render-cases.ts'
import { root } from '../shared/root.ts'
import type { Server } from '../shared/start-api-server.ts'
import { shakeHands } from './shake-hands.ts'
import { startOperators } from './start-operators.ts'

// The real cert-manager and the real trust-manager follow a root by the next one, and at no moment somebody meets a
// certificate that he does not trust.

const home = 'cert-manager'
const team = 'banking'
const host = 'cache.banking.svc'
const patience = { timeout: 60_000, interval: 250 }

let server: Server

beforeAll(async () => {
  server = await startOperators(home, console.error)
  await server.client.apply(
    { apiVersion: 'v1', kind: 'Namespace', metadata: { name: team } },
    { fieldManager: 'proofs' },
  )
})

afterAll(() => server.stop())

/** Bring the chart's smallest case to the cluster, with what is set beside it. */
async function install(set: string[]): Promise<void> {
  const [rendered] = await renderCases(root, 'pki', { namespace: home, only: 'minimal', set })
  await applyAll(server.client, (rendered?.objects ?? []) as KubernetesObject[], {
    patience: 30_000,
    fieldManager: 'proofs',
  })
}

interface Secret extends KubernetesObject {
  data: Record<string, string>
}

/** What the leaf's Secret says, once it is another than `before`. */
async function readLeaf(before = '') {
  return vi.waitFor(async () => {
    const secret = await server.client.get<Secret>({
      apiVersion: 'v1',
      kind: 'Secret',
      metadata: { name: 'cache-tls', namespace: team },
    })
    const text = (key: string) => Buffer.from(secret?.data[key] ?? '', 'base64').toString()
    const leaf = { certificate: text('tls.crt'), key: text('tls.key'), authority: text('ca.crt') }
    if (leaf.certificate === '' || leaf.certificate === before) throw new Error('no other certificate yet')
    return leaf
  }, patience)
}

/** The file by which a namespace trusts, once it has so many roots. */
async function readBundle(roots: number): Promise<string> {
  return vi.waitFor(async () => {
    const file = await server.client.get<Secret>({
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: { name: 'opencore-authorities', namespace: team },
    })
    const text = file?.data['ca.crt'] ?? ''
    expect(text.match(/BEGIN CERTIFICATE/g)).toHaveLength(roots)
    return text
  }, patience)
}

/** What `cmctl renew` does. */
async function renewLeaf(): Promise<void> {
  const ref = {
    apiVersion: 'cert-manager.io/v1',
    kind: 'Certificate',
    metadata: { name: 'cache', namespace: team },
  }
  const path = await server.client.pathOf(ref)
  const issuing = {
    type: 'Issuing',
    status: 'True',
    reason: 'ManuallyTriggered',
    lastTransitionTime: new Date(),
  }
  const { status } = await server.client.send('PATCH', `${path}/status`, {
    type: 'application/merge-patch+json',
    value: { status: { conditions: [issuing] } },
  })
  expect(status).toBe(200)
}

it('a leaf is trusted before and after its root is followed by the next one', async () => {
  await install([])
  await server.client.apply(
    {
      apiVersion: 'cert-manager.io/v1',
      kind: 'Certificate',
      metadata: { name: 'cache', namespace: team },
      spec: {
        secretName: 'cache-tls',
        duration: '2160h',
        dnsNames: [host],
        issuerRef: { group: 'cert-manager.io', kind: 'ClusterIssuer', name: 'opencore' },
      },
    },
    { fieldManager: 'proofs' },
  )
  const first = await readLeaf()
  const old = await readBundle(1)
  expect(new X509Certificate(first.authority).fingerprint256).toBe(new X509Certificate(old).fingerprint256)
  expect(await shakeHands(first, old, host)).toBeUndefined()

  const followed = 'authorities.next.source=generated'
  await install([followed])
  const both = await readBundle(2)
  expect(await shakeHands(first, both, host)).toBeUndefined()

  await install([followed, 'signing=next'])
  await renewLeaf()
  const next = await readLeaf(first.certificate)
  expect(await shakeHands(next, both, host)).toBeUndefined()
  expect(await shakeHands(first, both, host)).toBeUndefined()
  // Whoever trusts the old root alone is why both have to be there first.
  expect(await shakeHands(next, old, host)).toBe('UNABLE_TO_GET_ISSUER_CERT_LOCALLY')
})

it('a root is never renewed by itself, and its intermediate is, with more time left than a leaf lasts', async () => {
  interface Certificate extends KubernetesObject {
    status?: { renewalTime?: string; notAfter?: string }
  }
  const read = (name: string) =>
    vi.waitFor(async () => {
      const certificate = await server.client.get<Certificate>({
        apiVersion: 'cert-manager.io/v1',
        kind: 'Certificate',
        metadata: { name, namespace: home },
      })
      expect(certificate?.status?.notAfter).toBeDefined()
      return certificate?.status
    }, patience)
  expect(await read('opencore-2026-root')).not.toHaveProperty('renewalTime')
  const { renewalTime = '', notAfter = '' } = (await read('opencore-2026')) ?? {}
  expect((Date.parse(notAfter) - Date.parse(renewalTime)) / 86_400_000).toBeGreaterThan(90)
})
