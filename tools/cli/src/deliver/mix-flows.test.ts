import type { Flow, PlatformEnvironment } from '@opencore/model'
import { describe, expect, test } from 'vitest'
import { mixFlows } from './mix-flows.ts'

const rule = (flow: string, port = 8080) => ({ flow, peers: [], ports: [{ port, protocol: 'TCP' }] })
const values = (network: object) => ({ network })
const flow = (from: string, to: string): Flow => ({
  id: `${from}->${to}`,
  from,
  to,
  port: 8080,
  protocol: 'TCP',
  declared: { file: `${from}.ts`, path: ['uses'] },
})

/** In the model, a calls b, and c, which is new; an operator comes in to b by no list of its values. */
const environment = {
  definition: { name: 'dev' },
  platform: [{ name: 'prometheus' }, { name: 'operator' }],
  flows: [
    flow('a', 'b'),
    flow('a', 'c'),
    flow('operator', 'b'),
    { ...flow('prometheus', 'c'), id: 'prometheus->c:metrics' },
  ],
  releases: [
    { name: 'a', values: { network: { egress: [rule('a->b'), rule('a->c')] } } },
    { name: 'b', values: { network: { ingress: [rule('a->b')] } } },
    { name: 'c', values: { network: { ingress: [rule('a->c'), rule('prometheus->c:metrics')] } } },
  ],
} as unknown as PlatformEnvironment

const asText = (coming: { name: string; values: unknown }[]) =>
  mixFlows(environment, coming).flows.map(
    ({ from, to, isOptional }) => `${from}->${to}${isOptional ? ' optional' : ''}`,
  )

const older = { name: 'a', values: values({ egress: [rule('a->b')] }) }
const newer = { name: 'a', values: values({ egress: [rule('a->b'), rule('a->c')] }) }
const b = { name: 'b', values: values({ ingress: [rule('a->b')] }) }
const c = { name: 'c', values: values({ ingress: [rule('a->c'), rule('prometheus->c:metrics')] }) }

describe(mixFlows, () => {
  test('are what callers ask for', () => {
    expect(asText([newer, b, c])).toEqual(['operator->b', 'a->b', 'a->c', 'prometheus->c'])
  })

  test('what is called may be there before its caller asks for it', () => {
    expect(asText([older, b, c])).toEqual(['operator->b', 'a->b', 'a->c optional', 'prometheus->c'])
  })

  test('a caller that is gone, or not there yet, asks for nothing', () => {
    expect(asText([b, c])).toEqual(['operator->b', 'a->b optional', 'a->c optional', 'prometheus->c'])
  })

  test('nothing is asked of a release that is not there and that nobody calls', () => {
    expect(asText([older, b])).toEqual(['operator->b', 'a->b'])
  })

  test('of a caller that this commit does not know, whoever is called says what it asks for', () => {
    const operations = [{ methods: ['POST'] }]
    const gone = { name: 'gone', values: values({ egress: [rule('gone->b')] }) }
    const called = {
      name: 'b',
      values: {
        ...values({ ingress: [rule('gone->b')] }),
        mesh: { callers: [{ flow: 'gone->b', operations }] },
      },
    }
    expect(mixFlows(environment, [gone, called]).flows.find(({ from }) => from === 'gone')).toMatchObject({
      operations,
    })
  })

  test('a caller without its partner lacks it', () => {
    expect(mixFlows(environment, [newer, b]).lacking).toMatchObject([{ from: 'a', to: 'c' }])
  })

  test('a flow that the model does not know any more holds for those that were promoted with it', () => {
    const old = [
      { name: 'x', values: values({ egress: [rule('x->y', 9000)] }) },
      { name: 'y', values: values({ ingress: [rule('x->y', 9000)] }) },
    ]
    expect(mixFlows(environment, old).flows).toEqual([{ from: 'x', to: 'y', port: 9000, protocol: 'TCP' }])
  })
})
