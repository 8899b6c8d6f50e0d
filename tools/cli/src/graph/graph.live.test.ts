import { join } from 'node:path'
import type { EnvironmentGraph, Way } from '@opencore/model'
import { describe, expect, test } from 'vitest'
import { opencore } from '../e2e/opencore.ts'

const root = join(import.meta.dirname, '../../../..')
const graph = (...args: string[]) => opencore(['graph', ...args], { cwd: root })

async function read<T>(...args: string[]): Promise<T> {
  const { exitCode, stdout, stderr } = await graph(...args, '-o', 'json')
  expect(exitCode, stderr).toBe(0)
  return JSON.parse(stdout) as T
}

test('the table has a line for each way of each environment', async () => {
  const graphs = await read<EnvironmentGraph[]>()
  const { stdout } = await graph()
  const lines = stdout.trimEnd().split('\n')
  expect(lines).toHaveLength(1 + graphs.reduce((sum, { ways }) => sum + ways.length, 0))
  expect(lines.find((line) => /^staging +payments +ledger /.test(line))).toMatch(
    /8080 +environments\/services\/payments\.ts:9:\d+ uses\.services\.1$/,
  )
})

test('a declared way names its rights at the other end', async () => {
  const [way] = await read<Way[]>('--why', 'payments', 'events', '-e', 'staging')
  expect(way?.answer).toBe('declared')
  expect(way?.by.flatMap(({ becomes }) => becomes)).toContainEqual({
    release: 'events',
    path: 'users.payments',
    value: { producer: { topics: ['payments.events'] }, consumer: { topics: ['accounts.events'] } },
  })
})

test('environments with one answer have it once', async () => {
  const { stdout } = await graph('--why', 'cards', 'ledger-db')
  expect(stdout).toBe(`dev, prod-eu-central-1, prod-eu-west-1, staging: cards does not reach ledger-db
  stopped  cards: its network policy lists no egress to ledger-db
  stopped  ledger-db: its network policy lists no ingress from cards
  cards reaches accounts, customers, istiod, ledger, notifications, telemetry
  ledger-db is reached from cloud-native-pg, ledger, prometheus
  next     ledger-db belongs to ledger, which cards may ask already`)
})

describe('opencore graph refuses', () => {
  test.each([
    [
      ['--why', 'cards', 'ledgr'],
      `--why: there is no end "ledgr"  [UNKNOWN_NAME]
  want  one of accounts, `,
      '\n  next  did you mean ledger?\n',
    ],
    [
      ['--why', 'cards'],
      `opencore graph: --why cards  [USAGE]
  want  two ends that differ: who calls, and who is called
  next  name both
`,
    ],
    [
      ['--why', 'cards', 'ledger', '-o', 'svg'],
      `opencore graph: --why with -o svg  [USAGE]
  want  -o table or -o json
  next  leave --why out for a picture of an environment
`,
    ],
    [
      ['-o', 'html'],
      `opencore graph: -o html for 4 environments  [USAGE]
  want  one environment
  next  name it: opencore graph -e dev -o html
`,
    ],
  ])('%s', async (args, ...said) => {
    const { exitCode, stdout, stderr } = await graph(...args)
    expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: '' })
    for (const text of said) expect(stderr).toContain(text)
  })
})
