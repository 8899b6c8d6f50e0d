import { describe, expect, it } from 'vitest'
import type { EnvironmentInput } from '../object-view.ts'
import type { KubernetesObject } from '../rendered-object.ts'
import { compareConnections } from './list-connections.ts'

const metadata = (name: string) => ({ name, namespace: 'bank', labels: { app: name } })
const deployment = (name: string, port: number): KubernetesObject => ({
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: metadata(name),
  spec: {
    template: {
      metadata: { labels: { app: name } },
      spec: { containers: [{ name, ports: [{ name: 'http', containerPort: port }] }] },
    },
  },
})
const peerOf = (app: string) => ({ podSelector: { matchLabels: { app } } })
const policy = (
  name: string,
  rules: { from?: unknown[]; to?: unknown[] },
  port: unknown,
): KubernetesObject => ({
  apiVersion: 'networking.k8s.io/v1',
  kind: 'NetworkPolicy',
  metadata: metadata(name),
  spec: {
    podSelector: { matchLabels: { app: name } },
    policyTypes: ['Ingress', 'Egress'],
    ingress: rules.from ? [{ from: rules.from, ports: [{ port }] }] : [],
    egress: rules.to ? [{ to: rules.to, ports: [{ port }] }] : [],
  },
})

const ledger = (...callers: string[]) => [
  deployment('ledger', 8080),
  policy('ledger', callers.length > 0 ? { from: callers.map(peerOf) } : {}, 'http'),
]
const payments = (...to: unknown[]) => [
  deployment('payments', 8080),
  policy('payments', to.length > 0 ? { to } : {}, 8080),
]

const environment = (...objects: KubernetesObject[]): EnvironmentInput => ({
  environment: 'dev',
  tier: 'development',
  objects: objects.map((object) => ({ environment: 'dev', release: object.metadata.name, object })),
  flows: [],
  peers: [
    { name: 'bank-of-banks', cidr: '10.9.0.0/16' },
    { name: 'gateway', namespace: 'edge', labels: { app: 'gateway' } },
  ],
  projects: [],
  secretReaders: new Map(),
  apiServerSeenAs: ['service'],
})

const closed = environment(...ledger(), ...payments())

describe(compareConnections, () => {
  it('opens what both ends let through, and neither end alone', () => {
    const both = environment(...ledger('payments'), ...payments(peerOf('ledger')))
    const opened = [{ from: 'payments', to: 'ledger', ports: 'TCP 8080' }]
    expect(compareConnections(closed, both)).toEqual({ opened, closed: [] })
    expect(compareConnections(both, closed)).toEqual({ opened: [], closed: opened })
    for (const one of [
      environment(...ledger('payments'), ...payments()),
      environment(...ledger(), ...payments(peerOf('ledger'))),
    ])
      expect(compareConnections(closed, one)).toEqual({ opened: [], closed: [] })
  })

  it('knows peers that are not ours by their names, and others by their addresses', () => {
    const gateway = { ...peerOf('gateway'), namespaceSelector: {} }
    const blocks = ['10.9.0.0/16', '192.0.2.0/24'].map((cidr) => ({ ipBlock: { cidr } }))
    const open = environment(
      deployment('ledger', 8080),
      policy('ledger', { from: [gateway] }, 'http'),
      ...payments(...blocks),
    )
    expect(compareConnections(closed, open).opened).toEqual([
      { from: 'payments', to: '192.0.2.0/24', ports: 'TCP 8080' },
      { from: 'payments', to: 'bank-of-banks (10.9.0.0/16)', ports: 'TCP 8080' },
      { from: 'gateway', to: 'ledger', ports: 'TCP 8080' },
    ])
  })

  it('says the addresses behind a name, and those that are left out of a block', () => {
    const wide = (name: string, ...except: string[]): EnvironmentInput => ({
      ...environment(...ledger(), ...payments({ ipBlock: { cidr: '0.0.0.0/0', except } })),
      peers: [{ name, cidr: '0.0.0.0/0' }],
    })
    const to = (before: EnvironmentInput, after: EnvironmentInput) =>
      compareConnections(before, after).opened.map((one) => one.to)
    expect(to(closed, wide('smtp.example.com'))).toEqual(['smtp.example.com (0.0.0.0/0)'])
    expect(to(wide('smtp', '192.0.2.0/24', '10.0.0.0/8'), wide('smtp', '192.0.2.0/24'))).toEqual([
      'smtp (0.0.0.0/0 without 192.0.2.0/24)',
    ])
  })

  it('says that anybody may come in, where a rule names nobody', () => {
    const open = environment(
      deployment('ledger', 8080),
      policy('ledger', { from: [] }, 'http'),
      ...payments(),
    )
    expect(compareConnections(closed, open).opened.map(({ from }) => from)).toEqual([
      '0.0.0.0/0',
      '::/0',
      'any pod of any namespace',
    ])
  })

  it('says that anybody may come in, where a policy goes: nothing is closed by it', () => {
    const before = environment(...ledger('payments'), ...payments(peerOf('ledger')))
    const after = environment(deployment('ledger', 8080), ...payments(peerOf('ledger')))
    const { opened, closed: gone } = compareConnections(before, after)
    expect(gone).toEqual([])
    expect(opened.map(({ from, to, ports }) => `${from} -> ${to}: ${ports}`)).toEqual([
      'ledger -> 0.0.0.0/0: every port',
      'ledger -> ::/0: every port',
      'ledger -> any pod of any namespace: every port',
      '0.0.0.0/0 -> ledger: every port',
      '::/0 -> ledger: every port',
      'any pod of any namespace -> ledger: every port',
    ])
  })

  it('says the ports alone that are new', () => {
    const ports = (endPort: number) =>
      environment(deployment('ledger', 8080), {
        ...policy('ledger', {}, 8080),
        spec: {
          podSelector: {},
          ingress: [
            { from: [{ ...peerOf('gateway'), namespaceSelector: {} }], ports: [{ port: 8080, endPort }] },
          ],
        },
      })
    expect(compareConnections(ports(8080), ports(8090)).opened).toEqual([
      { from: 'gateway', to: 'ledger', ports: 'TCP 8081-8090' },
    ])
  })

  it('says for whom a door is open that is not there yet, and says it once', () => {
    const named = (name: string, namespace = 'bank') => ({
      podSelector: { matchLabels: { 'app.kubernetes.io/name': name } },
      namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': namespace } },
    })
    const open = (...from: unknown[]) =>
      environment(deployment('ledger', 8080), policy('ledger', { from }, 'http'))
    const later = { from: 'fees', to: 'ledger', ports: 'TCP 8080', absent: 'from' }
    const shut = environment(...ledger())
    expect(compareConnections(shut, open(named('fees')))).toEqual({ opened: [later], closed: [] })
    expect(compareConnections(open(named('fees')), shut)).toEqual({ opened: [], closed: [later] })
    const others = [
      named('fees', 'elsewhere'),
      peerOf('x'),
      { ...peerOf('x'), namespaceSelector: peerOf('y').podSelector },
    ]
    expect(compareConnections(shut, open(...others)).opened.map(({ from }) => from)).toEqual([
      'fees of namespace elsewhere',
      'pods with app=x',
      'pods with app=x of namespaces with app=y',
    ])

    const both = environment(...ledger('payments'), ...payments(peerOf('ledger')))
    const before = environment(...ledger('payments'))
    const comes = compareConnections(before, both)
    expect(comes.closed).toEqual([])
    expect(comes.opened).toEqual([{ from: 'payments', to: 'ledger', ports: 'TCP 8080' }])
    expect(compareConnections(both, before)).toEqual({ opened: [], closed: comes.opened })
  })
})
