import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { KubernetesObject } from '../rendered-object.ts'
import { allowedPorts } from './evaluate-policies.ts'
import type { End } from './network-end.ts'
import { readNetworkPolicy, type Direction, type NetworkPolicy } from './network-policy.ts'
import { everyPort, hasPort, isEmpty, subtractPorts } from './port-set.ts'

type Protocol = 'TCP' | 'UDP'

const namespaces = ['banking', 'edge'] as const
const namespace = fc.constantFrom(...namespaces)
const labels = fc.record(
  { app: fc.constantFrom('a', 'b'), tier: fc.constantFrom('x', 'y') },
  { requiredKeys: [] },
)
const protocol = fc.constantFrom<Protocol>('TCP', 'UDP')
const direction = fc.constantFrom<Direction>('Ingress', 'Egress')
const portNumber = fc.integer({ min: 1, max: 12 })

const end = fc
  .record({
    namespace,
    labels,
    ports: fc.array(fc.record({ name: fc.constantFrom('http', 'dns'), port: portNumber, protocol }), {
      maxLength: 3,
    }),
  })
  .map((pod): End => ({
    ...pod,
    labels: pod.labels,
    name: 'pod',
    title: 'pod',
    namespaceLabels: { 'kubernetes.io/metadata.name': pod.namespace },
  }))

const expression = fc.oneof(
  fc.record({
    key: fc.constantFrom('app', 'tier'),
    operator: fc.constantFrom('In', 'NotIn'),
    values: fc.array(fc.constantFrom('a', 'b', 'x', 'y'), { minLength: 1, maxLength: 2 }),
  }),
  fc.record({ key: fc.constantFrom('app', 'tier'), operator: fc.constantFrom('Exists', 'DoesNotExist') }),
)
const selector = fc.record(
  { matchLabels: labels, matchExpressions: fc.array(expression, { maxLength: 2 }) },
  { requiredKeys: [] },
)
const namespaceSelector = fc.oneof(
  fc.constant({}),
  namespace.map((name) => ({ matchLabels: { 'kubernetes.io/metadata.name': name } })),
)
const peer = fc.oneof(
  fc.record({ podSelector: selector }),
  fc.record({ namespaceSelector }),
  fc.record({ podSelector: selector, namespaceSelector }),
  fc.constant({ ipBlock: { cidr: '0.0.0.0/0' } }),
)
const port = fc.oneof(
  fc.record({ protocol }, { requiredKeys: [] }),
  fc.record({ protocol, port: portNumber }, { requiredKeys: ['port'] }),
  fc.record({ protocol, port: fc.constantFrom('http', 'dns') }, { requiredKeys: ['port'] }),
  fc
    .record({ port: portNumber, length: fc.nat(4) })
    .map(({ port, length }) => ({ port, endPort: port + length })),
)
const ruleOf = (side: 'from' | 'to') =>
  fc.record(
    { [side]: fc.array(peer, { maxLength: 2 }), ports: fc.array(port, { maxLength: 2 }) },
    { requiredKeys: [] },
  )
const spec = fc.record(
  {
    podSelector: selector,
    policyTypes: fc.uniqueArray(direction, { minLength: 1, maxLength: 2 }),
    ingress: fc.array(ruleOf('from'), { maxLength: 2 }),
    egress: fc.array(ruleOf('to'), { maxLength: 2 }),
  },
  { requiredKeys: ['podSelector'] },
)
const policy = fc.record({ namespace, spec }).map(({ namespace, spec }): NetworkPolicy => {
  const object: KubernetesObject = {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'NetworkPolicy',
    metadata: { name: 'policy', namespace },
    spec,
  }
  return readNetworkPolicy({ environment: 'dev', release: 'release', object })
})
const policies = fc.array(policy, { maxLength: 4 })

/** The same question answered for one port, straight from the documentation and without sets. */
function allowsOne(
  side: Direction,
  pod: End,
  other: End,
  list: readonly NetworkPolicy[],
  on: [Protocol, number],
): boolean {
  const specs = list
    .map(({ rendered: { object } }) => ({
      namespace: object.metadata.namespace,
      ...(object['spec'] as Spec),
    }))
    .filter(({ namespace, podSelector, policyTypes, egress }) => {
      const types = policyTypes ?? ['Ingress', ...((egress ?? []).length > 0 ? ['Egress'] : [])]
      return namespace === pod.namespace && types.includes(side) && selects(podSelector, pod.labels)
    })
  if (specs.length === 0) return true
  return specs.some(({ namespace, ingress, egress }) =>
    ((side === 'Ingress' ? ingress : egress) ?? []).some((rule) => {
      const peers = rule.from ?? rule.to ?? []
      const peerAllowed =
        peers.length === 0 ||
        peers.some(
          (entry) =>
            entry.ipBlock === undefined &&
            (entry.namespaceSelector
              ? selects(entry.namespaceSelector, other.namespaceLabels)
              : other.namespace === namespace) &&
            selects(entry.podSelector ?? {}, other.labels),
        )
      const destination = side === 'Ingress' ? pod : other
      const ports = rule.ports ?? []
      const portAllowed =
        ports.length === 0 ||
        ports.some((entry) => {
          if ((entry.protocol ?? 'TCP') !== on[0]) return false
          if (entry.port === undefined) return true
          if (typeof entry.port === 'number')
            return on[1] >= entry.port && on[1] <= (entry.endPort ?? entry.port)
          return destination.ports.some(
            (candidate) =>
              candidate.name === entry.port && candidate.port === on[1] && candidate.protocol === on[0],
          )
        })
      return peerAllowed && portAllowed
    }),
  )
}

interface Selector {
  matchLabels?: Record<string, string>
  matchExpressions?: { key: string; operator: string; values?: string[] }[]
}
interface PeerEntry {
  podSelector?: Selector
  namespaceSelector?: Selector
  ipBlock?: unknown
}
interface RuleEntry {
  from?: PeerEntry[]
  to?: PeerEntry[]
  ports?: { protocol?: string; port?: number | string; endPort?: number }[]
}
interface Spec {
  podSelector: Selector
  policyTypes?: Direction[]
  ingress?: RuleEntry[]
  egress?: RuleEntry[]
}

function selects(
  { matchLabels = {}, matchExpressions = [] }: Selector,
  of: Readonly<Record<string, string>>,
): boolean {
  for (const [key, value] of Object.entries(matchLabels)) if (of[key] !== value) return false
  for (const { key, operator, values = [] } of matchExpressions) {
    const value = of[key]
    if (operator === 'Exists' && value === undefined) return false
    if (operator === 'DoesNotExist' && value !== undefined) return false
    if (operator === 'In' && !values.some((item) => item === value)) return false
    if (operator === 'NotIn' && values.some((item) => item === value)) return false
  }
  return true
}

describe(allowedPorts, () => {
  test('agrees with the documentation, port by port', () => {
    fc.assert(
      fc.property(
        direction,
        end,
        end,
        policies,
        protocol,
        fc.integer({ min: 1, max: 18 }),
        (side, pod, other, list, on, number) => {
          const allowed = allowedPorts(side, pod, other, list)
          expect(hasPort(allowed, on, number)).toBe(allowsOne(side, pod, other, list, [on, number]))
        },
      ),
      { numRuns: 2_000 },
    )
  })

  test('does not depend on the order of policies', () => {
    fc.assert(
      fc.property(direction, end, end, policies, (side, pod, other, list) => {
        expect(allowedPorts(side, pod, other, list.toReversed())).toEqual(
          allowedPorts(side, pod, other, list),
        )
      }),
    )
  })

  test('never closes a port of an isolated pod when a policy is added', () => {
    fc.assert(
      fc.property(direction, end, end, policy, policies, policy, (side, pod, other, deny, list, added) => {
        const isolated = { ...deny, namespace: pod.namespace, subjects: readEverything, directions: [side] }
        const before = allowedPorts(side, pod, other, [isolated, ...list])
        const after = allowedPorts(side, pod, other, [isolated, ...list, added])
        expect(isEmpty(subtractPorts(before, after))).toBe(true)
      }),
    )
  })

  test('opens every port to a pod that no policy selects', () => {
    fc.assert(
      fc.property(direction, end, end, (side, pod, other) => {
        expect(allowedPorts(side, pod, other, [])).toEqual(everyPort)
      }),
    )
  })
})

const readEverything = { matchLabels: {}, matchExpressions: [] }
