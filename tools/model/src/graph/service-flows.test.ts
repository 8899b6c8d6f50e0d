import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Part } from '../parts/part.ts'
import { flowsOf, networkOf, servicePart } from '../testing/graph-fixture.ts'

const names = ['a', 'b', 'c', 'd', 'e']
const portOf = (name: string) => 8080 + names.indexOf(name)

/** Any graph over five services, cycles included, some of them at the edge and some with metrics. */
const graph = fc
  .tuple(
    ...names.map((name) =>
      fc.record({
        services: fc.subarray(names.filter((other) => other !== name)),
        edge: fc.boolean(),
        metrics: fc.boolean(),
      }),
    ),
  )
  .map((nodes) =>
    nodes.map(({ services, edge, metrics }, index): Part => {
      const name = names[index] ?? ''
      const exposes = { services: true, metrics, ...(edge && { edge: { host: name, paths: ['/'] } }) }
      const values = { port: portOf(name), spring: { managementPort: 9090 } }
      return servicePart(name, { services }, { exposes, namespace: `ns-${name}`, values })
    }),
  )

test('every declared flow is open on both ends, on the port of the end that listens, and nothing else is', () => {
  fc.assert(
    fc.property(graph, (parts) => {
      const networks = new Map(parts.map((part) => [part.name, networkOf(part, parts)]))
      const declared = parts.flatMap(({ name, uses }) => uses.map(({ to }) => [name, to] as const))
      for (const [from, to] of declared) {
        const out = networks.get(from)?.['egress']?.filter(({ flow }) => flow === `${from}->${to}`)
        const back = networks.get(to)?.['ingress']?.filter(({ flow }) => flow === `${from}->${to}`)
        const ports = [{ port: portOf(to), protocol: 'TCP' }]
        expect(out).toEqual([{ flow: `${from}->${to}`, peers: [podsOf(to)], ports }])
        expect(back).toEqual([{ flow: `${from}->${to}`, peers: [podsOf(from)], ports }])
      }
      const open = [...networks].flatMap(([, network]) => network['egress'])
      expect(open).toHaveLength(declared.length)
    }),
  )
})

test('the order in which services are defined changes nothing', () => {
  fc.assert(
    fc.property(graph, (parts) => {
      expect(flowsOf(parts.toReversed())).toEqual(flowsOf(parts))
    }),
  )
})

test('only who exposes an edge or metrics is reached by gateway or Prometheus', () => {
  fc.assert(
    fc.property(graph, (parts) => {
      for (const part of parts) {
        const ids = networkOf(part, parts)['ingress']?.map(({ flow }) => flow)
        const { edge, metrics } = part.exposes
        expect(ids?.includes(`ingress-gateway->${part.name}`)).toBe(edge !== undefined)
        expect(ids?.includes(`prometheus->${part.name}:metrics`)).toBe(metrics !== undefined)
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
