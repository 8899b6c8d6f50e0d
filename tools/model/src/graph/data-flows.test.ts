import fc from 'fast-check'
import { expect, test } from 'vitest'
import { dataKinds, isDataChart, type DataChart } from '../parts/index.ts'
import { derivedOf, dataPart, flowsOf, networkOf, servicePart } from '../testing/graph-fixture.ts'

const dataCharts = Object.keys(dataKinds).filter(isDataChart)

/** Which of its releases a service uses of each kind, where there are as many. */
const wishes = Object.fromEntries(dataCharts.map((chart) => [chart, fc.nat(4)])) as Record<
  DataChart,
  fc.Arbitrary<number>
>

/** Any set of data, and services that use it. */
const platform = fc
  .tuple(
    fc.array(
      fc.record({
        chart: fc.constantFrom(...dataCharts),
        poolers: fc.subarray(['rw', 'ro', 'r']),
        instances: fc.integer({ min: 1, max: 3 }),
        shards: fc.integer({ min: 1, max: 3 }),
        mode: fc.constantFrom('cluster', 'sentinel', 'standalone'),
      }),
      { minLength: 1, maxLength: 5 },
    ),
    fc.array(fc.record(wishes), { maxLength: 4 }),
  )
  .map(([releases, users]) => {
    const data = releases.map(({ chart, poolers, instances, shards, mode }, index) =>
      dataPart(`data-${index}`, chart, {
        mode,
        shards: { count: shards },
        instances,
        poolers: Object.fromEntries(poolers.map((type) => [type, { type }])),
      }),
    )
    const pick = (chart: DataChart, index: number) => data.filter(({ kind }) => kind === chart)[index]?.name
    const services = users.map((wish, index) => {
      const named = dataCharts.flatMap((chart) => {
        const name = pick(chart, wish[chart])
        return name === undefined ? [] : [[chart, name] as const]
      })
      return servicePart(`service-${index}`, Object.fromEntries(named))
    })
    return { data, services, parts: [...data, ...services] }
  })

test('a service and what it uses open the same ways to each other, and a service opens no other', () => {
  fc.assert(
    fc.property(platform, ({ data, services, parts }) => {
      for (const user of services) {
        const { ingress, egress = [] } = networkOf(user, parts)
        expect(ingress).toEqual([])
        const used = data.filter(({ name }) => user.uses.some(({ to }) => to === name))
        for (const target of used) {
          const out = egress.filter(({ flow }) => flow.startsWith(`${user.name}->${target.name}`))
          const back = Object.values(networkOf(target, parts))
            .flat()
            .filter(({ flow }) => flow.startsWith(`${user.name}->`))
            .sort((a, b) => (a.flow < b.flow ? -1 : 1))
          expect(out.length).toBeGreaterThan(0)
          expect(back.map(({ flow, ports }) => ({ flow, ports }))).toEqual(
            out.map(({ flow, ports }) => ({ flow, ports })),
          )
          for (const { peers } of back)
            expect(peers[0]?.podSelector?.matchLabels).toEqual({ 'app.kubernetes.io/name': user.name })
        }
        const others = egress.filter(({ flow }) => !used.some(({ name }) => flow.includes(`->${name}`)))
        expect(others).toEqual([])
      }
    }),
  )
})

test('ids of flows are unique, and the order of definitions changes nothing', () => {
  fc.assert(
    fc.property(platform, ({ parts }) => {
      const flows = flowsOf(parts)
      expect(new Set(flows.map(({ id }) => id)).size).toBe(flows.length)
      expect(flowsOf(parts.toReversed())).toEqual(flows)
    }),
  )
})

test('no setting holds a password: it names a Secret, or a file of one', () => {
  fc.assert(
    fc.property(platform, ({ services, parts }) => {
      for (const user of services)
        for (const [name, value] of Object.entries(derivedOf(user, parts).values['env'] ?? {}))
          if (/PASSWORD|USERNAME|KEYSTORE|CERTIFICATE|AUTHORITY/.test(name) && typeof value === 'string')
            if (name === 'SPRING_DATA_REDIS_USERNAME') expect(value).toBe(user.name)
            else expect(value).toMatch(/^file:\/etc\/opencore\//)
    }),
  )
})

test('the API server is open where its Service is, and where its endpoints are', () => {
  const database = dataPart('core', 'postgres')
  expect(networkOf(database, [database])['apiServer']).toEqual([
    {
      flow: 'core->kubernetes-api',
      peers: [{ ipBlock: { cidr: '10.96.0.1/32' } }],
      ports: [{ port: 443, protocol: 'TCP' }],
    },
    {
      flow: 'core->kubernetes-api',
      peers: [{ ipBlock: { cidr: '10.0.0.0/28' } }],
      ports: [{ port: 6443, protocol: 'TCP' }],
    },
  ])
})

test('who looks after a cluster comes in to its pods, by ports that the chart opens itself', () => {
  const events = dataPart('events', 'kafka', { connect: { enabled: true }, cruiseControl: { enabled: true } })
  const cache = dataPart('cache', 'redis', { mode: 'sentinel' })
  const parts = [events, cache]
  const operators = flowsOf(parts).filter(({ from }) => ['strimzi', 'redis-operator'].includes(from.name))
  expect(operators.map(({ id, ports }) => [id, ...ports.map(({ port }) => port)])).toEqual([
    ['redis-operator->cache', 6379],
    ['redis-operator->cache:sentinels', 26379],
    ['strimzi->events', 9090, 9091, 8443],
    ['strimzi->events:connect-connect', 8083],
    ['strimzi->events:cruise-control', 9090],
  ])
  const listed = parts.flatMap((part) => Object.values(networkOf(part, parts)).flat())
  expect(listed.filter(({ flow }) => operators.some(({ id }) => id === flow))).toEqual([])
})
