import { join } from 'node:path'
import { formatFinding, formatPosition } from '@opencore/contract'
import { describe, expect, test } from 'vitest'
import { assemblePlatform } from '../assemble/assemble-platform.ts'
import type { Platform } from '../assemble/platform.ts'
import { readTree } from '../testing/read-tree.ts'
import { explainWay } from './explain-way.ts'
import { listWays } from './list-ways.ts'

const platform = await assembleTree()
const dev = platform.environments.find(({ definition }) => definition.name === 'dev')

async function assembleTree(): Promise<Platform> {
  const result = assemblePlatform(await readTree(join(import.meta.dirname, '../../fixtures/tree')))
  if (!result.ok) throw new Error(result.findings.map(formatFinding).join('\n'))
  return result.value
}

function environment() {
  if (!dev) throw new Error('the fixture has no dev')
  return dev
}

const why = (from: string, to: string) => explainWay(platform, environment(), { from, to })

describe(listWays, () => {
  const graph = listWays(platform, environment())

  test('has each way once, with every port and the line that declares it', () => {
    const ways = graph.ways.map(({ id, ports, at, declared }) =>
      [id, ports.map(({ port }) => port).join(), formatPosition(at), declared].join(' '),
    )
    expect(ways).toMatchInlineSnapshot(`
      [
        "accounts->ledger 9000 environments/services/accounts.ts:7:22 uses.services.0",
        "cloud-native-pg->ledger-db 8000,5432 environments/data/ledger-db.ts:3:25 ",
        "events->kubernetes-api 443,6443 environments/data/events.ts:3:23 ",
        "ingress-gateway->accounts 8080 environments/services/accounts.ts:8:14 exposes.edge",
        "ledger->ledger-db 5432 environments/services/ledger.ts:7:11 uses.postgres",
        "ledger-db->kubernetes-api 443,6443 environments/data/ledger-db.ts:3:25 ",
        "prometheus->accounts:metrics 8080 environments/services/accounts.ts:8:59 exposes.metrics",
        "prometheus->cache:metrics 9121 environments/data/cache.ts:3:22 ",
        "prometheus->events:metrics 9404 environments/data/events.ts:3:23 ",
        "prometheus->ledger-db:metrics 9187 environments/data/ledger-db.ts:3:25 ",
        "redis-operator->cache 6379 environments/data/cache.ts:3:22 ",
        "strimzi->events 9090,9091,8443 environments/data/events.ts:3:23 ",
      ]
    `)
  })

  test('has what takes part, and of the platform what somebody talks to', () => {
    expect(graph.ends.map(({ name, kind, team = '' }) => `${name} ${kind} ${team}`.trimEnd()))
      .toMatchInlineSnapshot(`
      [
        "accounts service retail",
        "cache redis retail",
        "cloud-native-pg platform",
        "events kafka retail",
        "ingress-gateway platform",
        "kubernetes-api address",
        "ledger service books",
        "ledger-db postgres books",
        "prometheus platform",
        "redis-operator platform",
        "strimzi platform",
      ]
    `)
  })

  test('has no value that another line gave', () => {
    const said = graph.ways.find(({ id }) => id === 'accounts->ledger')?.becomes
    expect(said?.map(({ release, path }) => `${release} ${path}`)).toMatchInlineSnapshot(`
      [
        "accounts env.LEDGER_URL",
        "accounts network.egress.0",
        "ledger network.ingress.0",
      ]
    `)
  })
})

describe(explainWay, () => {
  test('names the line by which one reaches another', () => {
    const { answer, by, next } = why('accounts', 'ledger')
    expect({ answer, next, by: by.map(({ id }) => id) }).toEqual({
      answer: 'declared',
      by: ['accounts->ledger'],
    })
  })

  test('names both policies that stop it, whom they let through, and what to write', () => {
    expect(why('ledger', 'accounts')).toMatchInlineSnapshot(`
      {
        "answer": "denied",
        "by": [],
        "environment": "dev",
        "from": "ledger",
        "instead": {
          "reachedFrom": [
            "ingress-gateway",
            "prometheus",
          ],
          "reaches": [
            "ledger-db",
          ],
        },
        "next": "add \`services: ['accounts']\` to \`uses\` in environments/services/ledger.ts:7:3, and \`services: true\` to \`exposes\` in environments/services/accounts.ts:8:3 where it is not there; answers to what accounts asks pass as they are",
        "stoppedBy": [
          "ledger: its network policy lists no egress to accounts",
          "accounts: its network policy lists no ingress from ledger",
        ],
        "to": "accounts",
      }
    `)
  })

  test.each([
    ['accounts', 'ledger-db', 'ledger-db belongs to ledger, which accounts may ask already'],
    [
      'accounts',
      'cache',
      'add `redis` with the name `cache` and the rights that it needs to `uses` in environments/services/accounts.ts:7:3',
    ],
    [
      'prometheus',
      'ledger',
      'add `exposes.metrics`, as accounts has it, in environments/services/ledger.ts:8:3',
    ],
    [
      'accounts',
      'kubernetes-api',
      'set `serviceAccount.automountToken: true` in `values` in environments/services/accounts.ts:9:3: it gets a token, too',
    ],
    [
      'ledger-db',
      'cloud-native-pg',
      'no definition can say it: what ledger-db calls follows from what it is; answers to what cloud-native-pg asks pass as they are',
    ],
    [
      'cloud-native-pg',
      'accounts',
      'no definition can say it: what cloud-native-pg calls follows from what it is',
    ],
  ])('says what would let %s reach %s', (from, to, next) => {
    expect(why(from, to)).toMatchObject({ answer: 'denied', next })
  })

  test('does not say what no policy of ours decides', () => {
    expect(why('prometheus', 'strimzi').answer).toBe('unknown')
    expect(why('kubernetes-api', 'dns').answer).toBe('unknown')
    expect(why('dns', 'accounts').answer).toBe('denied')
  })

  test('says that everybody asks for names, and that an end is not there', () => {
    expect(why('accounts', 'dns').answer).toBe('everybody')
    expect(why('accounts', 'live-alone').answer).toBe('absent')
  })
})
