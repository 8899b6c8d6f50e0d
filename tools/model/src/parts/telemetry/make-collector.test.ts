import { expect, it } from 'vitest'
import { valueAt } from '../../read-value.ts'
import { neighboursAmong } from '../made.ts'
import { makeCollector } from './make-collector.ts'

const collector = {
  apiVersion: 'opentelemetry.io/v1beta1',
  kind: 'OpenTelemetryCollector',
  metadata: {
    name: 'gateway',
    namespace: 'telemetry',
    labels: { 'app.kubernetes.io/name': 'gateway', zone: 'a' },
  },
  spec: {
    mode: 'statefulset',
    replicas: 2,
    image: 'registry.example.com:5000/collector:0.161.0@sha256:ab',
    serviceAccount: 'gateway',
    podDisruptionBudget: { maxUnavailable: 1 },
    config: {
      receivers: {
        otlp: { protocols: { http: { endpoint: '0.0.0.0:4318' } } },
        'otlp/peers': { protocols: { grpc: { endpoint: '0.0.0.0:4317' } } },
      },
    },
  },
}
const made = makeCollector(collector, neighboursAmong([]))
const find = (kind: string, name: string) =>
  made.find((one) => one.kind === kind && one.metadata.name === name)

// Names, labels and ports as internal/manifests/collector of the operator 0.158 has them in its own tests.
it('is a set, its budget and four Services', () => {
  expect(made.map(({ kind, metadata }) => `${kind} ${metadata.name}`)).toEqual([
    'StatefulSet gateway-collector',
    'PodDisruptionBudget gateway-collector',
    'Service gateway-collector',
    'Service gateway-collector-headless',
    'Service gateway-collector-monitoring',
    'Service gateway-collector-extension',
  ])
})

it('hands labels on to pods, with an instance of its own', () => {
  expect(valueAt(find('StatefulSet', 'gateway-collector'), 'spec', 'template', 'metadata', 'labels')).toEqual(
    {
      zone: 'a',
      'app.kubernetes.io/name': 'gateway',
      'app.kubernetes.io/component': 'opentelemetry-collector',
      'app.kubernetes.io/instance': 'telemetry.gateway',
      'app.kubernetes.io/managed-by': 'opentelemetry-operator',
      'app.kubernetes.io/part-of': 'opentelemetry',
      'app.kubernetes.io/version': '0.161.0',
    },
  )
})

it('has a port for each protocol of its receivers, and that of its metrics', () => {
  const ports = valueAt(find('Service', 'gateway-collector'), 'spec', 'ports')
  expect(ports).toEqual([
    { name: 'otlp-http', port: 4318, targetPort: 4318, protocol: 'TCP', appProtocol: 'http' },
    { name: 'otlp-peers-grpc', port: 4317, targetPort: 4317, protocol: 'TCP', appProtocol: 'grpc' },
  ])
  const [container] = valueAt(
    find('StatefulSet', 'gateway-collector'),
    'spec',
    'template',
    'spec',
    'containers',
  ) as object[]
  expect(valueAt(container, 'ports')).toContainEqual({
    name: 'metrics',
    containerPort: 8888,
    protocol: 'TCP',
  })
})
