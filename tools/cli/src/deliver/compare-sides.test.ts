import type { ComparedObject } from '@opencore/delivery'
import { describe, expect, it } from 'vitest'
import { compareSides } from './compare-sides.ts'
import { formatDiff, formatMarkdown } from './format-diff.ts'
import type { Side } from './read-side.ts'

type Environment = Parameters<typeof compareSides>[0]
const environment = {
  definition: { name: 'dev' },
  tier: { name: 'development' },
  platform: [],
  releases: [],
  flows: [],
} as unknown as Environment

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

const before: Side = new Map([
  ['ledger', release('ledger', { from: ['cards', 'payments'] })],
  ['payments', release('payments', {})],
  ['accounts', release('accounts', {})],
  ['cards', release('cards', { to: ['ledger'] })],
])
const after: Side = new Map([
  ['ledger', release('ledger', { from: ['payments', 'accounts'] })],
  ['payments', release('payments', { to: ['ledger'] })],
  ['accounts', release('accounts', { to: ['ledger'] })],
  ['cards', release('cards', {})],
])

describe(compareSides, () => {
  it('says what policies let through, and not the policies', () => {
    const groups = compareSides(environment, before, after, [])
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

  it('says of one release what it opens by itself: the others stay as they are', () => {
    expect(formatDiff(compareSides(environment, before, after, ['payments']))).toBe(
      'who may reach whom\n  + payments may now reach ledger on TCP 8080',
    )
    // Its partner does not let it in yet: a policy that opens nothing is a field that changes.
    expect(formatDiff(compareSides(environment, before, after, ['accounts']))).toBe(
      'who may reach whom\n  ~ NetworkPolicy.networking.k8s.io bank/accounts: spec.egress: a list of 0 items -> a list of 1 item',
    )
  })

  it('does not let a name begin a line of its own', () => {
    const hostile: Side = new Map([...after].map(([name, objects]) => [`${name}\n+ x`, objects]))
    expect(formatDiff(compareSides(environment, new Map(), hostile, []))).not.toContain('\n+ x')
  })
})
