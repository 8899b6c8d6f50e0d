import { describe, expect, test } from 'vitest'
import type { JsonObject } from '../json.ts'
import type { Part } from '../parts/part.ts'
import { addressed, dataPart, derivedOf, flowsOf, servicePart } from '../testing/graph-fixture.ts'

const gateway = (values: JsonObject = {}): Part => ({
  name: 'gateway',
  kind: 'telemetry',
  namespace: 'telemetry',
  objects: 'gateway',
  values: { replicas: 2, backend: { endpoint: 'https://otlp.example.com' }, ...values },
  place: { file: 'defaults.ts', path: [] },
  uses: [],
  external: [],
  team: { value: 'platform', place: { file: 'defaults.ts', path: ['team'] } },
  secrets: [],
  exposes: {},
})
const payments = servicePart('payments', {}, { namespace: 'money', values: { env: {} } })
const books = dataPart('books', 'postgres')
const more = {
  mesh: { mode: 'sidecar' as const },
  ends: [addressed('otlp.example.com', ['192.0.2.9/32', 443])],
}
const idsOf = (parts: readonly Part[]) => flowsOf(parts, undefined, more).map(({ id }) => id)

describe('a gateway of traces and logs', () => {
  test('takes them from services and from nobody else, and sends them to its backend', () => {
    expect(
      idsOf([payments, books, gateway()]).filter(
        (id) => id.includes('gateway->') || id.includes('->gateway'),
      ),
    ).toEqual([
      'gateway->gateway:inside:peers',
      'gateway->otlp.example.com',
      'payments->gateway',
      'prometheus->gateway:metrics',
    ])
  })

  test('that is one pod hands nothing to itself', () => {
    expect(idsOf([gateway({ replicas: 1 })])).not.toContain('gateway->gateway:inside:peers')
  })

  test('lets services send, and ask for nothing', () => {
    const { callers } = derivedOf(gateway(), [payments, gateway()], undefined, more).values[
      'mesh'
    ] as JsonObject
    expect(callers).toEqual([
      {
        flow: 'payments->gateway',
        ports: [4318],
        account: { namespace: 'money', name: 'payments' },
        operations: [{ methods: ['POST'], paths: ['/v1/logs', '/v1/traces'] }],
      },
      { flow: 'prometheus->gateway:metrics', ports: [8888] },
    ])
  })

  test('is known to services by variables, and to their proxies', () => {
    const { values, places } = derivedOf(payments, [payments, gateway()], undefined, more)
    expect(values['env']).toMatchObject({
      OTEL_SERVICE_NAME: 'payments',
      OTEL_EXPORTER_OTLP_ENDPOINT: 'http://gateway-collector.telemetry.svc.cluster.local:4318',
      OTEL_PROPAGATORS: 'tracecontext,baggage',
      OTEL_TRACES_SAMPLER: 'parentbased_always_on',
    })
    expect(values['mesh']).toMatchObject({
      reaches: ['telemetry/gateway-collector.telemetry.svc.cluster.local'],
    })
    expect(places.get('env.OTEL_SERVICE_NAME')?.file).toBe('defaults.ts')
  })

  test('that is not there is not spoken of', () => {
    expect(derivedOf(payments, [payments], undefined, more).values['env']).toBeUndefined()
    expect(idsOf([payments])).toEqual([])
  })
})
