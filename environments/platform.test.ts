import { join } from 'node:path'
import { formatFinding } from '@opencore/contract'
import { assemblePlatform, explainValue, type Platform } from '@opencore/model'
import { readTree } from '@opencore/model/testing'
import { describe, expect, test } from 'vitest'

const platform = await assembleTree()

async function assembleTree(): Promise<Platform> {
  const result = assemblePlatform(await readTree(join(import.meta.dirname, '..')))
  if (!result.ok) throw new Error(result.findings.map(formatFinding).join('\n'))
  return result.value
}

/** What each layer says of a value, strongest first. */
function explain(environment: string, release: string, path: string): string[] {
  const explained = explainValue(platform, environment, release, path)
  if (!explained.ok) return explained.findings.map(formatFinding)
  return explained.value.values.flatMap(({ steps }) =>
    steps.map(({ effect, layer, value }) => `${effect} ${layer} ${JSON.stringify(value)}`),
  )
}

test('every environment runs every service, the data layer and the foundation', () => {
  const names = [
    'accounts',
    'accounts-db',
    'cache',
    'cards',
    'customers',
    'edge-gateway',
    'events',
    'foundation',
    'ledger',
    'ledger-db',
    'notifications',
    'payments',
  ]
  expect(platform.environments.map(({ definition }) => definition.name)).toEqual([
    'dev',
    'prod-eu-central-1',
    'prod-eu-west-1',
    'staging',
  ])
  for (const { releases } of platform.environments) expect(releases.map(({ name }) => name)).toEqual(names)
})

test('the standby region runs nothing', () => {
  const standby = platform.environments.find(({ definition }) => definition.role === 'standby')
  const roles = standby?.releases
    .filter(({ chart }) => chart.name === 'service')
    .map(({ values }) => values['role'])
  expect(new Set(roles)).toEqual(new Set(['standby']))
})

test('the standby region follows the databases of the other', () => {
  const regions = (name: string) =>
    platform.environments
      .find(({ definition }) => definition.name === name)
      ?.releases.filter(({ chart }) => chart.name === 'postgres')
      .map(({ values }) => values['regions'])
  for (const region of ['eu-west-1', 'eu-central-1'])
    for (const found of regions(`prod-${region}`) ?? [])
      expect(found).toMatchObject({ self: region, primary: 'eu-west-1' })
})

test('only the gateway is reached from outside, and only services that post reach the ledger', () => {
  for (const { flows } of platform.environments) {
    expect(flows.filter(({ from }) => from === 'ingress-gateway').map(({ to }) => to)).toEqual([
      'edge-gateway',
    ])
    expect(
      flows.filter(({ to, id }) => to === 'ledger' && !id.endsWith(':metrics')).map(({ from }) => from),
    ).toEqual(['accounts', 'cards', 'payments'])
  }
})

describe('the examples of the README', () => {
  test('a value that four layers set', () => {
    expect(explain('prod-eu-west-1', 'accounts', 'resources.limits.memory')).toEqual([
      'wins environment-service "3Gi"',
      'overridden service "2Gi"',
      'overridden tier "1536Mi"',
      'overridden defaults "1Gi"',
      'overridden chart "1Gi"',
    ])
  })

  test('a value of the platform that a team overrides is dead', () => {
    expect(explain('prod-eu-west-1', 'payments', 'autoscaling.maxReplicas').slice(0, 2)).toEqual([
      'wins team 24',
      'overridden environment-service 18',
    ])
  })
})
