import type { JsonObject } from '../json.ts'
import { entriesAt, numberAt, textAt, valueAt } from '../read-value.ts'
import { accountOf } from './account-of.ts'
import { derive, joinDerived, nothing, type DerivedValues } from './derived-values.ts'
import { deriveDns } from './derive-dns.ts'
import { tcp } from './end.ts'
import { fromSecret } from './from-secret.ts'
import { API_SERVER } from './network-enforcer.ts'
import type { Operation } from './mesh-member.ts'
import type { Door, Facts, Part, PartKind, Published, Use } from './part.ts'
import { publishedByService } from './published.ts'
import { deriveEdges } from './service-edges.ts'
import { deriveSecrets, listReadOnce } from './service-secrets.ts'
import { folderOf, variableOf } from './settings.ts'

/** A service of the platform, as the chart `service` runs it. */
export const service: PartKind = {
  look: { shape: 'box', fill: '#e6f0fa' },
  doors: (part) => {
    const { http, management } = portsOf(part)
    const { edge, metrics } = part.exposes
    const door = { podLabels: podLabelsOf(part), list: 'ingress' }
    return [
      { ...door, for: 'clients', ports: tcp(http) },
      ...(edge ? [{ ...door, for: 'ingress-gateway', ports: tcp(http), declared: edge.place }] : []),
      ...(metrics
        ? [{ ...door, for: 'prometheus', ports: tcp(management), suffix: ':metrics', declared: metrics }]
        : []),
    ] satisfies Door[]
  },
  calls: (part) => {
    const call = { podLabels: podLabelsOf(part), list: 'egress' }
    // A token of the API is for those that talk to it.
    const callsApi = valueAt(part.values, 'serviceAccount', 'automountToken') === true
    return [
      ...part.uses.map((use) => ({ ...call, to: use.to, ...operationsOf(use), declared: use.place })),
      ...part.external.map(({ host, place, ...port }) => ({
        ...call,
        to: host,
        ports: [port],
        suffix: port.protocol === 'UDP' ? `:${port.port}/udp` : `:${port.port}`,
        declared: place,
      })),
      ...(callsApi ? [{ ...call, to: API_SERVER }] : []),
    ]
  },
  mesh: (part) => ({
    account: accountOf(part),
    services: [part.objects, ...(hasHeadless(part) ? [`${part.objects}-headless`] : [])],
    podLabels: podLabelsOf(part),
    list: 'egress',
  }),
  sends: (part) => ({ podLabels: podLabelsOf(part), list: 'egress' }),
  publishes: publishedByItsService,
  keeps: ({ secrets }) => secrets[0]?.place,
  alertLabels: ['prometheusRule', 'alertLabels'],
  settings: (part) => ({
    env: { [`${part.name.toUpperCase().replaceAll('-', '_')}_URL`]: addressOf(part) },
  }),
  values: (facts) =>
    joinDerived([
      derive(['network', 'ingress'], [], facts.part.place),
      derive(['network', 'egress'], [], facts.part.place),
      deriveDns(facts, ['network', 'dns']),
      deriveRole(facts),
      deriveSecrets(facts),
      ...facts.settings.flatMap((settings) => deriveSettings(settings, facts.part)),
      deriveRestarts(facts),
      deriveRoute(facts),
      deriveEdges(facts, hostOf),
      facts.part.exposes.metrics
        ? derive(['serviceMonitor', 'enabled'], true, facts.part.exposes.metrics)
        : nothing,
    ]),
}

/** What the chart has as `spring.shutdownPhases` by itself: the web server, and task executors with schedulers. */
const OWN_SHUTDOWN_PHASES = 2

/**
 * The label that the chart gives to all pods of a release, and to no others: the name of its objects. Not the instance,
 * which inside an umbrella is the umbrella's release and selects every component.
 */
const podLabelsOf = ({ name }: Part) => ({ 'app.kubernetes.io/name': name })

/** Whether there is a Service by which clients balance by themselves. */
function hasHeadless({ values }: Part): boolean {
  const isSet = textAt(values, 'workload', 'type') === 'StatefulSet'
  return isSet || valueAt(values, 'service', 'headless', 'enabled') === true
}

/** What it asks another service for, as far as it says so. */
function operationsOf({ kind, rights }: Use): { operations?: readonly Operation[] } {
  return kind === 'service' && Object.keys(rights).length > 0 ? { operations: [rights] } : {}
}

/** Where its container listens; the actuator has the same port unless it has one of its own. */
function portsOf({ values }: Part): { http: number; management: number } {
  const http = numberAt(values, 'port') ?? 0
  return { http, management: numberAt(values, 'spring', 'managementPort') ?? http }
}

/** The Service for traffic, with a port for each that the container has; a pod that ends by itself has none. */
function publishedByItsService({ values }: Part): Published {
  const isBatch = ['Job', 'CronJob'].includes(textAt(values, 'workload', 'type') ?? '')
  if (isBatch || valueAt(values, 'service', 'enabled') === false) return publishedByService({})
  const readsProperties = valueAt(values, 'spring', 'enabled') !== false
  const management = readsProperties ? numberAt(values, 'spring', 'managementPort') : undefined
  const extra = entriesAt(values, 'extraPorts').map(([name]) => name)
  const ports = ['http', ...(management === undefined ? [] : ['management']), ...extra]
  const patch = (valueAt(values, 'overlay', 'service') ?? {}) as JsonObject
  return publishedByService({ ...patch, type: valueAt(values, 'service', 'type'), ports })
}

/** URL of its Kubernetes Service, which has the container's port unless `service.port` says otherwise. */
function addressOf(part: Part): string {
  const port = numberAt(part.values, 'service', 'port') ?? portsOf(part).http
  return `http://${hostOf(part)}:${port}`
}

const hostOf = ({ objects, namespace }: Part) => `${objects}.${namespace}.svc.cluster.local`

function deriveSettings(
  { env, files = {}, properties = {}, shutdownPhases = 0, place }: Facts['settings'][number],
  { values }: Part,
): DerivedValues[] {
  const readsProperties = valueAt(values, 'spring', 'enabled') !== false
  return [
    ...(readsProperties && shutdownPhases > 0
      ? [derive(['spring', 'shutdownPhases'], OWN_SHUTDOWN_PHASES + shutdownPhases, place)]
      : []),
    ...Object.entries(env).map(([name, value]) => derive(['env', name], value, place)),
    ...Object.entries(files).map(([name, { secretName, keys }]) => {
      const items = keys.map((key) => ({ key, path: key }))
      const volume = { mountPath: folderOf(name), readOnly: true, secret: { secretName, items } }
      return derive(['volumes', name], volume, place)
    }),
    ...Object.entries(properties).flatMap(([prefix, { secretName, keys }]) => {
      const named = Object.entries(keys)
      if (readsProperties) {
        const items = named.map(([path, key]) => ({ key, path }))
        return [derive(['spring', 'configTree', prefix], { secretName, items }, place)]
      }
      // What is no Spring reads no properties, but variables of the same names.
      return named.map(([last, key]) =>
        derive(['env', variableOf(`${prefix}.${last}`)], fromSecret(secretName, key), place),
      )
    }),
  ]
}

/** What its pods read when they start, and no more: they are replaced before it ends. Jobs start anew by themselves. */
function deriveRestarts({ part: { values, place }, settings }: Facts): DerivedValues {
  const isLasting = ['Deployment', 'StatefulSet'].includes(textAt(values, 'workload', 'type') ?? 'Deployment')
  const secrets = [...new Set(settings.flatMap(listReadOnce))].sort()
  return isLasting && secrets.length > 0 ? derive(['restartOn'], secrets, place) : nothing
}

function deriveRole({ environment: { value, place } }: Facts): DerivedValues {
  const at = { ...place, path: ['role'] }
  if (value.role === 'active') return derive(['role'], 'active', at)
  // What is at zero pods is no news, and Alertmanager knows it by this.
  return joinDerived([
    derive(['role'], 'standby', at),
    derive(['prometheusRule', 'alertLabels', 'waits'], 'true', at),
  ])
}

function deriveRoute({ part: { exposes }, environment }: Facts): DerivedValues {
  if (!exposes.edge) return nothing
  const { host, paths } = exposes.edge.value
  const route: JsonObject = {
    enabled: true,
    hostnames: [`${host}.${environment.value.domain}`],
    rules: [{ matches: paths.map((path) => ({ path: { type: 'PathPrefix', value: path } })) }],
  }
  return derive(['httpRoute'], route, exposes.edge.place)
}
