import { cp, mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { formatFinding } from '@opencore/contract'
import { assemblePlatform, explainValue, type Platform, type PlatformInput } from '@opencore/model'
import { readTree } from '@opencore/model/testing'
import { describe, expect, test } from 'vitest'

const root = join(import.meta.dirname, '..')
const tree = await readTree(root)
const platform = assembleTree(tree)

function assembleTree(input: PlatformInput): Platform {
  const result = assemblePlatform(input)
  if (!result.ok) throw new Error(result.findings.map(formatFinding).join('\n'))
  return result.value
}

/** The platform after production has changed to a state. */
async function moveTo(state: string): Promise<Platform> {
  const folder = await mkdtemp(join(tmpdir(), 'opencore-promoted-'))
  try {
    await cp(import.meta.dirname, join(folder, 'environments'), { recursive: true })
    await symlink(join(root, 'node_modules'), join(folder, 'node_modules'))
    await mkdir(join(folder, 'charts'))
    const regions = join(folder, 'environments/regions.ts')
    const text = await readFile(regions, 'utf8')
    await writeFile(regions, text.replace(/(production: Production = ).*/, `$1${state}`))
    return assembleTree({ ...(await readTree(folder)), charts: tree.charts })
  } finally {
    await rm(folder, { recursive: true })
  }
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
    'mesh',
    'notifications',
    'observability',
    'payments',
    'pki',
    'telemetry',
    'vault',
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

describe('production moves in steps', () => {
  /** Roles of services, databases and the mirror of both regions. */
  const lookAt = ({ environments }: Platform) =>
    environments
      .filter(({ tier }) => tier.name === 'production')
      .map(({ definition, releases }) => {
        const valuesOf = (name: string) => releases.find((release) => release.name === name)?.values ?? {}
        return {
          environment: definition.name,
          services: valuesOf('ledger')['role'],
          database: valuesOf('ledger-db')['regions'],
          copies: 'mirror' in valuesOf('events'),
        }
      })

  test('first nobody writes, and the other region goes on copying', async () => {
    expect(lookAt(await moveTo(`{ stepsDown: 'eu-west-1' }`))).toMatchObject([
      {
        environment: 'prod-eu-central-1',
        services: 'standby',
        database: { self: 'eu-central-1', primary: 'eu-west-1' },
        copies: true,
      },
      {
        environment: 'prod-eu-west-1',
        services: 'standby',
        database: { self: 'eu-west-1', primary: 'eu-central-1' },
        copies: false,
      },
    ])
  })

  test('then the other takes over from the last transaction on, and is copied', async () => {
    const [taker, giver] = lookAt(
      await moveTo(
        `{ serves: 'eu-central-1', promotion: 'planned', tokens: { 'accounts-db': 'one', 'ledger-db': 'two' } }`,
      ),
    )
    expect(taker).toMatchObject({
      services: 'active',
      database: { primary: 'eu-central-1', promotion: 'planned', promotionToken: 'two' },
      copies: false,
    })
    expect(giver).toMatchObject({ services: 'standby', database: { primary: 'eu-central-1' }, copies: true })
    expect(giver?.database).not.toHaveProperty('promotionToken')
  })

  test('or at once, where a region is lost', async () => {
    const [taker] = lookAt(await moveTo(`{ serves: 'eu-central-1', promotion: 'failover' }`))
    expect(taker).toMatchObject({
      services: 'active',
      database: { primary: 'eu-central-1', promotion: 'failover' },
    })
  })
})

test('quotas have room for what Kafka publishes to the other region, and for nothing elsewhere', () => {
  const quotas = platform.environments.map(({ releases }) => {
    const namespaces = releases.find(({ name }) => name === 'foundation')?.values['namespaces']
    return (namespaces as Record<string, unknown>)['banking-services']
  })
  const open = { quota: { hard: { 'services.loadbalancers': '4', 'services.nodeports': '4' } } }
  expect(quotas).toEqual([{}, open, open, {}])
})

describe('Kafka of the region that waits follows the one that serves', () => {
  const failover = `{ serves: 'eu-central-1', promotion: 'failover' }`

  test('as it is', () => {
    expect(mirrorsOf(platform)).toEqual(mirrorFrom('prod-eu-west-1', 'prod-eu-central-1'))
  })

  test('and the other way about when production has moved', async () => {
    const promoted = await moveTo(failover)
    expect(mirrorsOf(promoted)).toEqual(mirrorFrom('prod-eu-central-1', 'prod-eu-west-1'))
  })

  test('with the listener and the user in both, so that a promotion restarts no broker', async () => {
    const listenersOf = ({ environments }: Platform) =>
      environments
        .filter(({ tier }) => tier.name === 'production')
        .map(({ releases }) => releases.find(({ name }) => name === 'events')?.values)
        .map((values) => ({ listeners: values?.['listeners'], users: values?.['users'] }))
    expect(listenersOf(platform)).toEqual(listenersOf(await moveTo(failover)))
    expect(listenersOf(platform)[1]).toMatchObject({
      listeners: { mirror: { type: 'loadbalancer', port: 9094 } },
      users: {
        'events-mirror-prod-eu-central-1': {
          mirrorSource: {
            topics: ['accounts.events', 'payments.events'],
            groups: ['notifications', 'payments'],
          },
          pushTo: 'kafka/prod-eu-west-1/events/prod-eu-central-1',
        },
      },
    })
  })

  test('and nowhere else', () => {
    const others = platform.environments.filter(({ tier }) => tier.name !== 'production')
    for (const { releases, flows } of others) {
      expect(flows.filter(({ id }) => id.endsWith(':mirror'))).toEqual([])
      for (const { values } of releases) expect(values).not.toHaveProperty(['mirror'])
    }
  })

  function mirrorsOf({ environments }: Platform) {
    return environments.flatMap(({ definition: { name, role }, flows, releases }) => {
      const { mirror } = releases.find((release) => release.name === 'events')?.values ?? {}
      const ways = flows.filter(({ id }) => id.endsWith(':mirror')).map(({ from, to }) => `${from} -> ${to}`)
      return ways.length === 0 ? [] : [{ name, role, ways, mirror }]
    })
  }

  /** By name of the environment, as a platform lists them. */
  function mirrorFrom(source: string, follower: string) {
    const mirror = {
      enabled: true,
      source: {
        alias: source,
        bootstrapServers: `events.kafka.${source.replace('prod-', '')}.firefly-banking.com:9094`,
        caSecret: `events-${source}-ca`,
        userSecret: `events-${source}-user`,
        externalSecret: { store: { name: 'regions' }, path: `kafka/${source}/events/${follower}` },
      },
      topics: ['accounts.events', 'payments.events'],
      groups: ['notifications', 'payments'],
    }
    return [
      { name: source, role: 'active', ways: [`${follower} -> events`], mirror: undefined },
      { name: follower, role: 'standby', ways: [`events -> ${source}`], mirror },
    ].sort((a, b) => (a.name < b.name ? -1 : 1))
  }
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
