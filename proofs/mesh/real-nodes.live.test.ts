import type { KubernetesObject } from '@opencore/cluster'
import { findLack } from '@opencore/nodes'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openNetwork, openScope } from './real/open-doors.ts'
import { NARROW } from './real/render-services.ts'
import { openStage, type Caller, type Stage } from './real/stage.ts'

const lack = await findLack()
if (lack !== undefined) process.stderr.write(`the mesh on real nodes: skipped: ${lack}\n`)

const began = Date.now()
const say = (line: string) =>
  process.stderr.write(
    `the mesh on real nodes: ${line}, ${Math.round((Date.now() - began) / 1000)} s after nothing\n`,
  )
/** Rules are there some moments after their objects. */
const poll = { timeout: 30_000, interval: 500 }
const patient = { timeout: 120_000 }

const namespace = 'banking-services'
const cards: Caller = { namespace, name: 'deployment/cards' }
const customers: Caller = { namespace, name: 'deployment/customers' }
const edge: Caller = { namespace: 'banking-edge', name: 'deployment/edge-gateway' }
const at = (service: string, path: string, port = 8080) =>
  `http://${service}.${namespace}.svc.cluster.local:${port}${path}`
const account = (service: string, of = namespace) => `URI=spiffe://cluster.local/ns/${of}/sa/${service}`

/** What the network alone says, and what a proxy that wants a certificate does. */
const BY_NETWORK = /refused|deadline|timeout/i
const CUT = /EOF|reset by peer/
const BY_MESH = '403 RBAC: access denied'

interface Deployment extends KubernetesObject {
  spec: { template: { metadata: object; spec: object } }
}

/** The same, with calls in plain taken beside those with a certificate. */
const permissive = (peers: KubernetesObject) => ({
  ...peers,
  spec: { ...(peers['spec'] as object), mtls: { mode: 'PERMISSIVE' } },
})

describe.skipIf(lack !== undefined)('the mesh on real nodes', () => {
  let opened: Stage | undefined
  const stage = () => {
    if (opened === undefined) throw new Error('no nodes run')
    return opened
  }
  const ask = (caller: Caller, url: string, method = 'GET', seconds = 5) =>
    stage().ask(caller, { url, method, seconds })
  beforeAll(async () => {
    opened = await openStage(say)
  })
  afterAll(() => opened?.stop())

  it('has a proxy in every pod, with no right that Pod Security `restricted` refuses', async () => {
    const pods = await stage().readPods(namespace)
    expect(pods.length).toBeGreaterThan(3)
    for (const { spec } of pods) {
      const containers = spec.initContainers ?? []
      expect(containers.map(({ name }) => name).sort()).toEqual(['istio-proxy', 'istio-validation'])
      for (const { securityContext } of containers)
        expect(securityContext).toMatchObject({ capabilities: { drop: ['ALL'] }, runAsNonRoot: true })
    }
  })

  it('answers a declared call, and tells the callee whom it comes from', patient, async () => {
    const answered = new RegExp(`^200 accounts-.* GET /api/v1/accounts/1 .*${account('cards')}`)
    await expect.poll(() => ask(cards, at('accounts', '/api/v1/accounts/1')), poll).toMatch(answered)
    const fromEdge = new RegExp(`^200 customers-.*${account('edge-gateway', edge.namespace)}`)
    await expect.poll(() => ask(edge, at('customers', '/api/v1/customers/1')), poll).toMatch(fromEdge)
  })

  it('refuses what nobody declared by the network alone, and by the mesh alone', patient, async () => {
    const pair = { namespace, caller: 'customers', callee: 'accounts' }
    const url = at('accounts', '/api/v1/accounts/undeclared')
    const plain = await stage().startPlain({ name: 'customers-plain', service: 'customers', namespace })
    expect(await ask(plain, url)).toMatch(BY_NETWORK)
    await stage().apply(...openNetwork(pair))
    // From here on the network lets it through, and it is a proxy that ends it.
    await expect.poll(() => ask(plain, url), poll).toMatch(CUT)
    // Its own proxy does not know the callee, and passes the call on in plain.
    expect(await ask(customers, url)).toMatch(CUT)
    await stage().apply(openScope(pair))
    await expect.poll(() => ask(customers, url), poll).toBe(BY_MESH)
    expect(await ask(cards, url)).toMatch(/^200 /)
    expect(await stage().countArrivals('accounts', 'undeclared')).toBe(1)
  })

  it('refuses what comes in plain, from whomever', patient, async () => {
    const plain = await stage().startPlain({ name: 'cards-plain', service: 'cards', namespace })
    const url = at('accounts', '/api/v1/accounts/plain')
    // The network knows it as `cards`, and lets it in.
    await expect.poll(() => ask(plain, url), poll).toMatch(CUT)
    // Once proxies take calls in plain it is nobody's, and refused for that.
    await stage().apply(permissive(stage().find('PeerAuthentication', 'accounts')))
    await expect.poll(() => ask(plain, url), poll).toBe(BY_MESH)
    await stage().apply(stage().find('PeerAuthentication', 'accounts'))
    await expect.poll(() => ask(plain, url), poll).toMatch(CUT)
    expect(await stage().countArrivals('accounts', '/plain')).toBe(0)
  })

  it('answers Prometheus, which has no proxy, on the port of metrics and on no other', patient, async () => {
    const prometheus = await stage().startOutside('prometheus', 'monitoring')
    await expect
      .poll(() => ask(prometheus, at('accounts', '/actuator/prometheus', 9090)), poll)
      .toMatch(/^200 /)
    expect(await ask(prometheus, at('accounts', '/api/v1/accounts/1'))).toMatch(BY_NETWORK)
  })

  it('refuses methods and paths that a caller did not declare', patient, async () => {
    expect(NARROW).toEqual({ name: 'customers', methods: ['GET'], paths: ['/api/v1/customers/*'] })
    expect(await ask(cards, at('customers', '/api/v1/customers/1'))).toMatch(/^200 /)
    expect(await ask(cards, at('customers', '//api/v1//customers/1'))).toMatch(/^200 /)
    expect(await ask(cards, at('customers', '/api/v1/customers/1'), 'POST')).toBe(BY_MESH)
    expect(await ask(cards, at('customers', '/api/v1/consents'))).toBe(BY_MESH)
    expect(await ask(cards, at('customers', '/api/v1/customers/%2e%2e/consents'))).toBe(BY_MESH)
    expect(await ask(cards, at('customers', '/api/v1/customers/..%2F/consents'))).toBe(BY_MESH)
    // Who declared nothing narrower is not held to it.
    expect(await ask(edge, at('customers', '/api/v1/customers/1'), 'POST')).toMatch(/^200 /)
  })

  it('tries again what is safe, twice, and nothing else', patient, async () => {
    expect(await ask(cards, at('accounts', '/api/v1/accounts/again?status=503'))).toMatch(/^503 /)
    expect(await stage().countArrivals('accounts', '/again')).toBe(3)
    expect(await ask(cards, at('accounts', '/api/v1/accounts/once?status=503'), 'POST')).toMatch(/^503 /)
    expect(await stage().countArrivals('accounts', '/once')).toBe(1)
  })

  it('gives up after 30 s: three tries of 10 s of what is safe, one of what is not', patient, async () => {
    const measured = async (path: string, method: string) => {
      const start = Date.now()
      const answer = await ask(cards, at('accounts', `${path}?seconds=45`), method, 50)
      return { answer, seconds: Math.round((Date.now() - start) / 1000) }
    }
    const slow = [measured('/api/v1/accounts/slow', 'GET'), measured('/api/v1/accounts/late', 'POST')]
    for (const { answer, seconds } of await Promise.all(slow)) {
      expect(answer).toMatch(/^504 /)
      expect(seconds).toBeGreaterThanOrEqual(30)
      expect(seconds).toBeLessThan(35)
    }
    expect(await stage().countArrivals('accounts', '/slow')).toBe(3)
    expect(await stage().countArrivals('accounts', '/late')).toBe(1)
  })

  it('measures what two proxies add', patient, async () => {
    const bare = await stage().startOutside('bare', 'default')
    const { ip } = await stage().startOutside('bare-callee', 'default')
    const direct = await stage().measure(bare, `http://${ip}:8080/`, 2000)
    const meshed = await stage().measure(cards, at('customers', '/api/v1/customers/1'), 2000)
    const show = (name: 'p50' | 'p99') =>
      `${name} ${(direct[name] / 1000).toFixed(2)} -> ${(meshed[name] / 1000).toFixed(2)} ms`
    say(
      `two proxies, one connection, 2,000 requests: ${show('p50')}, ${show('p99')}; the seed says 1-5 ms more`,
    )
  })

  it('goes on without its control plane, and lets in no pod that would have no proxy', patient, async () => {
    await stage().stopControlPlane()
    expect(await ask(cards, at('accounts', '/api/v1/accounts/1'))).toMatch(/^200 /)
    expect(await ask(edge, at('accounts', '/api/v1/accounts/1'))).toMatch(/^200 /)
    const { spec, metadata } = stage().find('Deployment', 'customers') as Deployment
    const pod = { ...spec.template, apiVersion: 'v1', kind: 'Pod' }
    const labelled = {
      ...pod,
      metadata: { ...spec.template.metadata, name: 'late', namespace: metadata.namespace },
    }
    expect(await stage().refusalOf(labelled)).toMatch(/failed calling webhook/)
  })
})
