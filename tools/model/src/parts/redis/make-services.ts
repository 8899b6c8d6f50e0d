import { textAt, valueAt } from '../../read-value.ts'
import type { Labels } from '../end.ts'
import { made, service, type Manifest } from '../made.ts'
import { exporterPortOf, labelsOf, portOf, stableLabels, type RedisSet } from './redis-set.ts'

/**
 * Services of one role: internal/k8sutils/{services,redis-*}.go. Each selects by its own labels, those of the resource
 * among them; the one of metrics by the set's alone.
 */
export function makeServices(owner: Manifest, set: RedisSet): Manifest[] {
  const { namespace = 'default', name } = owner.metadata
  const labels = labelsOf(owner, set)
  const port = portOf(set)
  const client = servicePort(set.role === 'sentinel' ? 'sentinel-client' : 'redis-client', port)
  const one = (of: string, selector: Labels, spec: object = {}, more: Labels = {}) =>
    made(
      service,
      of,
      { namespace, labels: { ...selector, ...more } },
      { spec: { type: 'ClusterIP', ports: [client], selector, ...spec } },
    )
  if (set.onlyService !== undefined)
    return [one(set.onlyService, labels, { clusterIP: 'None', ports: [servicePort('sentinel', port)] })]
  const scraped = exporterPortOf(owner)
  const exporter = scraped === undefined ? undefined : servicePort('redis-exporter', scraped)
  const type = textAt(owner, 'spec', 'kubernetesConfig', 'service', 'serviceType') ?? 'ClusterIP'
  const additional = valueAt(owner, 'spec', 'kubernetesConfig', 'service', 'additional', 'enabled') !== false
  const canTurnOff = set.setup === 'standalone' || set.setup === 'cluster'
  const master = { 'redis-role': 'master' }
  return [
    one(`${set.name}-headless`, labels, { clusterIP: 'None' }),
    one(set.name, labels, { ports: [client, ...(exporter ? [exporter] : [])] }),
    ...(additional || !canTurnOff ? [one(`${set.name}-additional`, labels, { type })] : []),
    ...(exporter
      ? [
          one(
            `${set.name}-metrics`,
            stableLabels(set),
            { ports: [exporter] },
            { 'app.kubernetes.io/component': 'metrics' },
          ),
        ]
      : []),
    ...(set.setup === 'replication'
      ? [
          one(`${name}-master`, { ...labels, ...master }),
          one(`${name}-replica`, { ...labels, 'redis-role': 'slave' }),
        ]
      : []),
    ...(set.role === 'leader'
      ? [one(`${name}-master`, { ...master, cluster: name, redis_setup_type: 'cluster' })]
      : []),
  ]
}

const servicePort = (name: string, port: number) => ({ name, port, targetPort: port, protocol: 'TCP' })
