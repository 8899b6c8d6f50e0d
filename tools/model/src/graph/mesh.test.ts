import { describe, expect, test } from 'vitest'
import { componentPart, dataPart, derivedOf, flowsOf, servicePart } from '../testing/graph-fixture.ts'

const gateway = { name: 'ingress-gateway', namespace: 'edge', podLabels: { app: 'gateway' }, ports: [] }
const istiod = {
  name: 'istiod',
  namespace: 'istio-system',
  podLabels: { app: 'istiod' },
  ports: [{ port: 15012, protocol: 'TCP' as const }],
}
const more = { mesh: { mode: 'sidecar' as const }, ends: [istiod, { ...gateway, serviceAccount: 'public' }] }
const values = { port: 8080, spring: { managementPort: 9090 } }

const ledger = servicePart('ledger', { postgres: 'books' }, { exposes: { services: true }, values })
const payments = servicePart(
  'payments',
  { services: [{ name: 'ledger', methods: ['POST'], paths: ['/postings', '/postings/*'] }] },
  { exposes: { edge: { host: 'pay', paths: ['/'] }, metrics: true }, namespace: 'money', values },
)
const reports = servicePart(
  'reports',
  { services: ['ledger'] },
  { values: { ...values, serviceAccount: { name: 'reader' } } },
)
const books = dataPart('books', 'postgres')
const parts = [ledger, payments, reports, books]
const meshOf = (part: (typeof parts)[number]) => derivedOf(part, parts, undefined, more).values['mesh']

describe('in a mesh', () => {
  test('a service knows its callers by their accounts, and what each may ask for', () => {
    expect(meshOf(ledger)).toEqual({
      mode: 'sidecar',
      reaches: [],
      callers: [
        {
          flow: 'payments->ledger',
          ports: [8080],
          account: { namespace: 'money', name: 'payments' },
          operations: [{ methods: ['POST'], paths: ['/postings', '/postings/*'] }],
        },
        { flow: 'reports->ledger', ports: [8080], account: { namespace: 'banking', name: 'reader' } },
      ],
    })
  })

  test('the gateway has an account, and Prometheus comes in plain', () => {
    expect(meshOf(payments)).toEqual({
      mode: 'sidecar',
      reaches: ['banking/ledger.banking.svc.cluster.local'],
      callers: [
        { flow: 'ingress-gateway->payments', ports: [8080], account: { namespace: 'edge', name: 'public' } },
        { flow: 'prometheus->payments:metrics', ports: [9090] },
      ],
    })
  })

  test('data stays outside', () => {
    expect(meshOf(books)).toBeUndefined()
  })

  test('proxies call the control plane', () => {
    const flows = flowsOf(parts, undefined, more).filter(({ to }) => to.name === 'istiod')
    expect(flows.map(({ id }) => id)).toEqual(['ledger->istiod', 'payments->istiod', 'reports->istiod'])
    expect(flows[0]?.lists).toEqual({ from: 'egress' })
  })

  test('each caller points at the line that declares it', () => {
    const { places } = derivedOf(ledger, parts, undefined, more)
    expect(places.get('mesh.callers.0')).toEqual({ file: 'payments.ts', path: ['uses', 'services', 0] })
    expect(places.get('mesh.mode')).toEqual({ file: 'dev.ts', path: ['mesh'] })
  })
})

test('without a mesh nothing is derived of one, and nobody calls its control plane', () => {
  const ends = { ends: more.ends }
  expect(parts.map((part) => derivedOf(part, parts, undefined, ends).values['mesh'])).toEqual([
    undefined,
    undefined,
    undefined,
    undefined,
  ])
  expect(flowsOf(parts, undefined, ends).filter(({ to }) => to.name === 'istiod')).toEqual([])
})

test('while pods are joining it, services and the mesh as a whole are told', () => {
  const joining = { ...more, mesh: { ...more.mesh, joining: { until: '2026-12-31' } } }
  const whole = componentPart('mesh', 'istio-system')
  expect(derivedOf(ledger, parts, undefined, joining).values['mesh']).toMatchObject({ joining: true })
  const { values, places } = derivedOf(whole, [...parts, whole], undefined, joining)
  expect(values).toMatchObject({ joining: { until: '2026-12-31' } })
  expect(places.get('joining.until')?.path).toEqual(['mesh', 'joining', 'until'])
})
