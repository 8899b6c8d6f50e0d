import { numberAt, textAt, valueAt } from '../read-value.ts'
import { accountOf } from './account-of.ts'
import { deriveData } from './derive-data.ts'
import { derive, joinDerived, nothing, type DerivedValues } from './derived-values.ts'
import { tcp } from './end.ts'
import type { Call, Facts, Inside, Part, PartKind } from './part.ts'
import { makeCollector } from './telemetry/make-collector.ts'
import { deriveStore, secretFolderOf, vaultInUse } from './vault.ts'

/** The chart of the gateway of traces and logs. */
export const telemetryChart = 'telemetry'

/** OTLP over HTTP, which services send. */
const PORT = 4318
/** Where pods hand spans to one another: OTLP over gRPC. */
const PEERS_PORT = 4317
/** The collector's own metrics. */
const METRICS_PORT = 8888

/** Traces and logs of services, as the chart `telemetry` takes them. */
export const telemetry: PartKind = {
  look: { shape: 'box', fill: '#f1e8fa' },
  doors: (part) => {
    const door = { podLabels: podsOf(part), list: 'ingress' }
    return [
      { ...door, for: 'clients', ports: tcp(PORT) },
      { ...door, for: 'prometheus', ports: tcp(METRICS_PORT), suffix: ':metrics' },
    ]
  },
  calls: (part) => {
    const host = backendOf(part)
    return host === undefined ? [] : [{ to: host, podLabels: podsOf(part), list: 'egress' }]
  },
  inside: (part) =>
    (numberAt(part.values, 'replicas') ?? 1) > 1
      ? ([
          { suffix: ':inside:peers', from: podsOf(part), to: podsOf(part), ports: tcp(PEERS_PORT) },
        ] satisfies Inside[])
      : [],
  mesh: (part) => ({
    account: accountOf(part),
    services: [serviceOf(part)],
    podLabels: podsOf(part),
    list: 'egress',
  }),
  alertLabels: ['prometheusRule', 'alertLabels'],
  keeps: (part) => (isBrought(part) ? part.place : undefined),
  values: (facts) =>
    joinDerived([
      deriveData(facts),
      derive(['podMonitor', 'enabled'], true, facts.part.place),
      deriveStore(facts),
      deriveToken(facts),
    ]),
  // OpenTelemetry's own names, which Spring Boot reads since 4.1. The gateway judges whole traces, so that whoever begins one
  // keeps it. What goes to the console has the names of the Elastic Common Schema.
  settings: (part, { name }) => ({
    env: {
      OTEL_SERVICE_NAME: name,
      OTEL_EXPORTER_OTLP_ENDPOINT: addressOf(part),
      OTEL_EXPORTER_OTLP_PROTOCOL: 'http/protobuf',
      OTEL_PROPAGATORS: 'tracecontext,baggage',
      OTEL_TRACES_SAMPLER: 'parentbased_always_on',
      OTEL_METRICS_EXPORTER: 'none',
      LOGGING_STRUCTURED_FORMAT_CONSOLE: 'ecs',
    },
  }),
  makes: { 'opentelemetry.io/OpenTelemetryCollector': makeCollector },
}

/** The gateway of an environment, where it has one. */
export function findTelemetry(parts: readonly Part[]): Part | undefined {
  return parts.find(({ kind }) => kind === telemetryChart)
}

/** What whoever sends calls: it may send, and ask for nothing. */
export function callGateway({ name }: Part): Pick<Call, 'to' | 'operations'> {
  return { to: name, operations: [{ methods: ['POST'], paths: ['/v1/logs', '/v1/traces'] }] }
}

/** The token comes from a store, unless a Secret of one's own has it. */
function isBrought({ values }: Part): boolean {
  return textAt(values, 'backend', 'secretName') === undefined
}

function deriveToken(facts: Facts): DerivedValues {
  const { part } = facts
  if (!vaultInUse(facts) || !isBrought(part)) return nothing
  return derive(['backend', 'path'], `${secretFolderOf(part, facts)}/backend`, part.place)
}

/** The backend's host, as an environment names its addresses. */
function backendOf({ values }: Part): string | undefined {
  const endpoint = valueAt(values, 'backend', 'endpoint')
  return typeof endpoint === 'string' ? new URL(endpoint).hostname : undefined
}

/** The operator's name for the Service: internal/naming/main.go of 0.158. */
const serviceOf = ({ objects }: Part) => `${objects}-collector`

const addressOf = (part: Part) => `http://${serviceOf(part)}.${part.namespace}.svc.cluster.local:${PORT}`

const podsOf = ({ objects }: Part) => ({
  'app.kubernetes.io/name': objects,
  'app.kubernetes.io/component': 'opentelemetry-collector',
})
