import { builtInFields, readContract } from '@opencore/contract'
import type { ComparedObject } from '@opencore/delivery'
import { describe, expect, it } from 'vitest'
import { compareSides, type KnownRules } from './compare-sides.ts'
import { formatDiff, formatMarkdown } from './format-diff.ts'
import type { Drift, Side } from './read-side.ts'

const environment = {
  definition: { name: 'dev' },
  tier: { name: 'development' },
  platform: [],
  releases: [],
  flows: [],
} as unknown as KnownRules['environment']
const schema = {
  properties: {
    class: { type: 'string', 'x-opencore-owner': 'platform', 'x-opencore-change': 'never' },
    pages: { type: 'integer', 'x-opencore-owner': 'platform' },
  },
}
const rules: KnownRules = {
  environment,
  contracts: new Map([['service', readContract('service', schema)]]),
  fixed: builtInFields,
}

const metadata = (name: string) => ({ name, namespace: 'bank', labels: { app: name } })
const selector = (app: string) => ({ podSelector: { matchLabels: { app } } })
const release = (
  name: string,
  { from = [], to = [] }: { from?: string[]; to?: string[] },
): ComparedObject[] => [
  {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: metadata(name),
    ...{ spec: { template: { metadata: { labels: { app: name } }, spec: { containers: [] } } } },
  },
  {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'NetworkPolicy',
    metadata: metadata(name),
    ...{
      spec: {
        podSelector: { matchLabels: { app: name } },
        policyTypes: ['Ingress', 'Egress'],
        ingress: from.map((one) => ({ from: [selector(one)], ports: [{ port: 8080 }] })),
        egress: to.map((one) => ({ to: [selector(one)], ports: [{ port: 8080 }] })),
      },
    },
  },
]

const sideOf = (releases: Record<string, ComparedObject[]>): Side =>
  new Map(
    Object.entries(releases).map(([name, objects]) => [name, { objects, chart: 'service', values: '' }]),
  )
const before = sideOf({
  ledger: release('ledger', { from: ['cards', 'payments'] }),
  payments: release('payments', {}),
  accounts: release('accounts', {}),
  cards: release('cards', { to: ['ledger'] }),
})
const after = sideOf({
  ledger: release('ledger', { from: ['payments', 'accounts'] }),
  payments: release('payments', { to: ['ledger'] }),
  accounts: release('accounts', { to: ['ledger'] }),
  cards: release('cards', {}),
})

describe(compareSides, () => {
  it('says what policies let through, and not the policies', () => {
    const groups = compareSides(rules, before, after, [])
    expect(formatDiff(groups)).toBe(
      [
        'who may reach whom',
        '  + accounts, payments may now reach ledger on TCP 8080',
        '  - cards may not reach ledger on TCP 8080 any more',
      ].join('\n'),
    )
    expect(formatMarkdown('dev', groups)).toContain(
      '- `+ accounts, payments may now reach ledger on TCP 8080`\n',
    )
  })

  it('says of a policy what connections do not say: that it goes, and what is no rule', () => {
    const [deployment, policy] = release('ledger', { from: ['cards', 'payments'] }) as [
      ComparedObject,
      ComparedObject,
    ]
    const own = { ...policy, metadata: { ...policy.metadata, name: 'default-deny' } }
    const labelled = { ...policy, metadata: { ...policy.metadata, annotations: { who: 'somebody' } } }
    const side = (...objects: ComparedObject[]) =>
      new Map([
        ...[...before].filter(([name]) => name !== 'ledger'),
        ...sideOf({ ledger: [deployment, ...objects] }),
      ])
    const [, narrower] = release('ledger', { from: ['payments'] }) as [ComparedObject, ComparedObject]
    const changed = { ...narrower, metadata: labelled.metadata }
    expect(formatDiff(compareSides(rules, side(policy, own), side(changed), []))).toBe(
      [
        'goes away',
        '  - NetworkPolicy.networking.k8s.io bank/default-deny',
        'who may reach whom',
        '  - cards may not reach ledger on TCP 8080 any more',
        'labels and annotations',
        '  ~ NetworkPolicy.networking.k8s.io bank/ledger: metadata.annotations: nothing -> a map of 1 key',
      ].join('\n'),
    )
  })

  it('says of one release what it opens by itself: the others stay as they are', () => {
    expect(formatDiff(compareSides(rules, before, after, ['payments']))).toBe(
      'who may reach whom\n  + payments may now reach ledger on TCP 8080',
    )
    // Its partner does not let it in yet: a policy that opens nothing is a field that changes.
    expect(formatDiff(compareSides(rules, before, after, ['accounts']))).toBe(
      'who may reach whom\n  ~ NetworkPolicy.networking.k8s.io bank/accounts: spec.egress: + [{"to":[{"podSelector":{"matchLabels":{"app":"ledger"}}}],"ports":[{"port":8080}]}]',
    )
  })

  it('says for whom a door opens that is not there yet', () => {
    const named = (...names: string[]): Side => {
      const [deployment, policy] = release('ledger', { from: ['payments'] })
      const from = names.map((name) => ({ podSelector: { matchLabels: { 'app.kubernetes.io/name': name } } }))
      const { spec } = policy as unknown as { spec: { ingress: object[] } }
      const ingress = [...spec.ingress, ...(from.length > 0 ? [{ from, ports: [{ port: 8080 }] }] : [])]
      const open = { ...policy, spec: { ...spec, ingress } }
      return sideOf({ ledger: [deployment, open] as ComparedObject[], payments: release('payments', {}) })
    }
    const said = (one: Side, other: Side) => formatDiff(compareSides(rules, one, other, []))
    expect(said(named(), named('fees'))).toBe(
      'who may reach whom\n  + fees may reach ledger on TCP 8080 once it is there',
    )
    expect(said(named(), named('fees', 'rates'))).toBe(
      'who may reach whom\n  + fees, rates may reach ledger on TCP 8080 once they are there',
    )
    expect(said(named('fees'), named())).toBe(
      'who may reach whom\n  - fees may not reach ledger on TCP 8080 any more; it is not there',
    )
  })

  it('says first which values what runs cannot follow, once for all releases', () => {
    const valued = (values: Record<string, string>): Side =>
      new Map(
        Object.entries(values).map(([name, text]) => [name, { objects: [], chart: 'service', values: text }]),
      )
    const old = valued({
      a: 'class: fast\npages: 1\n',
      b: 'class: fast\n',
      c: 'class: fast\n',
      d: '{ not: yaml',
    })
    const now = valued({
      a: 'class: slow\npages: 2\n',
      b: 'class: slow\n',
      c: 'class: fast\n',
      d: 'class: slow\n',
    })
    expect(formatDiff(compareSides(rules, old, now, []))).toBe(
      'cannot be changed where it runs\n  ~ values a, b: class: "fast" -> "slow"',
    )
  })

  it('says first what somebody changed by hand, and of what is past that it is', () => {
    const drifted = (drift: Omit<Drift, 'words'>): Side =>
      new Map(
        [...before].map(([name, one]) => [name, { ...one, drift: { words: 'it has no record', ...drift } }]),
      )
    const repair = 'to put it right: opencore promote dev cards'
    const now =
      'is on the ref otherwise than it was promoted\n  ! release cards: somebody changed it by hand (it has no record); who: opencore history dev cards; to put it right: opencore promote dev cards'
    expect(formatDiff(compareSides(rules, drifted({ repair }), before, ['cards']))).toBe(now)
    expect(formatDiff(compareSides(rules, before, drifted({ repair }), ['cards']))).toBe(now)
    const past = drifted({ at: '0123456789abcdef' })
    const headings = { drift: 'was on the ref otherwise than it was promoted' }
    expect(formatDiff(compareSides(rules, past, before, ['cards']), headings)).toBe(
      'was on the ref otherwise than it was promoted\n  ! release cards: at 0123456789ab somebody had changed it by hand (it has no record); who: opencore history dev cards',
    )
  })

  it('does not let a name begin a line of its own', () => {
    const hostile: Side = new Map([...after].map(([name, objects]) => [`${name}\n+ x`, objects]))
    expect(formatDiff(compareSides(rules, new Map(), hostile, []))).not.toContain('\n+ x')
  })
})
