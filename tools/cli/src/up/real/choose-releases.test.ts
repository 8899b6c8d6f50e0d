import { assemblePlatform } from '@opencore/model'
import { readTree } from '@opencore/model/testing'
import { workspaceRoot } from '@opencore/toolchain'
import { expect, test } from 'vitest'
import { chooseReleases } from './choose-releases.ts'

const assembled = assemblePlatform(await readTree(workspaceRoot()), { environment: 'dev' })
const [dev] = assembled.ok ? assembled.value.environments : []
const CLUSTER = 'postgresql.cnpg.io/v1'
const KAFKA = 'kafka.strimzi.io/v1'

/** What matters of each release: what operators make something of. */
const kinds: Readonly<Record<string, string>> = {
  'ledger-db': `apiVersion: ${CLUSTER}\nkind: Cluster\n`,
  events: `apiVersion: ${KAFKA}\nkind: Kafka\n`,
  notifications: 'apiVersion: external-secrets.io/v1\nkind: ExternalSecret\n',
  telemetry: 'apiVersion: opentelemetry.io/v1beta1\nkind: OpenTelemetryCollector\n',
}

function choose(operated: readonly string[]) {
  if (dev === undefined) throw new Error('there is no dev')
  const rendered = dev.releases.map(({ name }) => ({ release: name, manifests: kinds[name] ?? '' }))
  const { environment, leftOut } = chooseReleases(dev, rendered, new Set(operated))
  const reasons = Object.fromEntries(leftOut.map(({ application, reason }) => [application, reason]))
  return { names: environment.releases.map(({ name }) => name), reasons }
}

test('what no real operator sees to is left out, and who logs in to it; who merely calls such a service, or a gateway of traces, stays', () => {
  const { names, reasons } = choose(['postgresql.cnpg.io/Cluster'])
  expect(reasons).toEqual({
    'dev-accounts': 'needs events',
    'dev-events': 'no operator of Kafka on real nodes',
    'dev-notifications': 'no operator of ExternalSecret on real nodes',
    'dev-payments': 'needs events',
    'dev-telemetry': 'no operator of OpenTelemetryCollector on real nodes',
  })
  expect(names).toEqual(expect.arrayContaining(['cards', 'foundation', 'ledger', 'ledger-db']))
})

test('without any operator no database runs, nor the service that owns it', () => {
  const { reasons } = choose([])
  expect(reasons).toMatchObject({
    'dev-ledger-db': 'no operator of Cluster on real nodes',
    'dev-ledger': 'needs ledger-db',
  })
})
