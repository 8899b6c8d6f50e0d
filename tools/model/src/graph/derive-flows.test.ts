import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Definition } from '../assemble/read-definition.ts'
import type { Environment } from '../define/environment.ts'
import type { Peers } from '../define/peer.ts'
import type { Service } from '../define/service.ts'
import { deriveFlows } from './derive-flows.ts'
import { deriveServiceValues } from './derive-service-values.ts'

const peers: Peers = {
  dns: { namespace: 'kube-system', podLabels: { app: 'dns' }, ports: [{ port: 53, protocol: 'UDP' }] },
  ingressGateway: { namespace: 'gateways', podLabels: { app: 'gateway' } },
  prometheus: { namespace: 'monitoring', podLabels: { app: 'prometheus' } },
  cloudNativePg: { namespace: 'cnpg-system', podLabels: { app: 'cnpg' } },
  strimzi: { namespace: 'strimzi', podLabels: { app: 'strimzi' } },
  redisOperator: { namespace: 'redis-operator', podLabels: { app: 'redis-operator' } },
  kubernetesApi: { cidrs: ['10.96.0.1/32'], ports: [{ port: 443, protocol: 'TCP' }] },
  objectStore: { cidrs: ['192.0.2.0/24'], ports: [{ port: 443, protocol: 'TCP' }] },
}
const environment: Definition<Environment> = {
  place: { file: 'environments/dev/index.ts', path: [] },
  value: {
    name: 'dev',
    tier: 'development',
    role: 'active',
    region: 'r',
    zones: ['a'],
    kubernetesVersion: '1.36.3',
    domain: 'example.com',
    peers,
  },
}
const names = ['a', 'b', 'c', 'd', 'e']

/** Any graph over five services, cycles included, some of them at the edge and some with metrics. */
const graph = fc
  .tuple(
    ...names.map((name) =>
      fc.record({
        uses: fc.subarray(names.filter((other) => other !== name)),
        edge: fc.boolean(),
        metrics: fc.boolean(),
      }),
    ),
  )
  .map((nodes) =>
    nodes.map(({ uses, edge, metrics }, index): Definition<Service> => {
      const name = names[index] ?? ''
      const exposes = { services: true, metrics, ...(edge && { edge: { host: name, paths: ['/'] } }) }
      return {
        place: { file: `${name}.ts`, path: [] },
        value: { name, namespace: `ns-${name}`, uses: { services: uses }, exposes },
      }
    }),
  )

const portsOf = (service: string) => ({ http: 8080 + names.indexOf(service), management: 9090 })

interface Rule {
  flow: string
  peers: { namespaceSelector: unknown; podSelector: unknown }[]
  ports: unknown
}

function networkOf(
  service: Definition<Service>,
  services: readonly Definition<Service>[],
): Record<'ingress' | 'egress', Rule[]> {
  const flows = deriveFlows(services, peers, portsOf)
  const images = { value: {}, place: { file: 'images.ts', path: [] } }
  const { values } = deriveServiceValues({
    service,
    environment,
    images,
    flows,
    image: '',
    dataSettings: [],
    addressOf: String,
  })
  return values['network'] as unknown as Record<'ingress' | 'egress', Rule[]>
}

test('every declared flow is open on both ends, on the port of the end that listens, and nothing else is', () => {
  fc.assert(
    fc.property(graph, (services) => {
      const networks = new Map(services.map((service) => [service.value.name, networkOf(service, services)]))
      const declared = services.flatMap(({ value }) =>
        (value.uses?.services ?? []).map((to) => [value.name, to] as const),
      )
      for (const [from, to] of declared) {
        const out = networks.get(from)?.egress.filter(({ flow }) => flow === `${from}->${to}`)
        const back = networks.get(to)?.ingress.filter(({ flow }) => flow === `${from}->${to}`)
        expect(out?.map(({ peers: [peer], ports }) => ({ peer, ports }))).toEqual([
          { peer: podsOf(to), ports: [portOf(to)] },
        ])
        expect(back?.map(({ peers: [peer], ports }) => ({ peer, ports }))).toEqual([
          { peer: podsOf(from), ports: [portOf(to)] },
        ])
      }
      const open = [...networks].flatMap(([, { egress }]) => egress)
      expect(open).toHaveLength(declared.length)
    }),
  )
})

test('the order in which services are defined changes nothing', () => {
  fc.assert(
    fc.property(graph, (services) => {
      expect(deriveFlows(services.toReversed(), peers, portsOf)).toEqual(
        deriveFlows(services, peers, portsOf),
      )
    }),
  )
})

test('only who exposes an edge or metrics is reached by gateway or Prometheus', () => {
  fc.assert(
    fc.property(graph, (services) => {
      for (const service of services) {
        const ids = networkOf(service, services).ingress.map(({ flow }) => flow)
        const { name, exposes } = service.value
        expect(ids.includes(`ingress-gateway->${name}`)).toBe(exposes?.edge !== undefined)
        expect(ids.includes(`prometheus->${name}:metrics`)).toBe(exposes?.metrics)
      }
    }),
  )
})

function podsOf(name: string) {
  return {
    namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': `ns-${name}` } },
    podSelector: { matchLabels: { 'app.kubernetes.io/name': name } },
  }
}

function portOf(name: string) {
  return { port: portsOf(name).http, protocol: 'TCP' }
}
