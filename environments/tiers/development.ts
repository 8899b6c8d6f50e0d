import { defineTier } from '@opencore/model/define'

/** For trying things out: one pod of each service, and what leaves git leaves the cluster. */
export const development = defineTier({
  name: 'development',
  delivery: { prune: true, selfHeal: true, deletion: 'cascade' },
  values: {
    service: {
      replicas: 1,
      spring: { profiles: ['development'] },
      resources: { requests: { cpu: '100m' } },
      topologySpread: { zone: 'ScheduleAnyway' },
    },
    foundation: {
      namespaceDefaults: { quota: { hard: { pods: '50', 'requests.cpu': '8', 'requests.memory': '24Gi' } } },
    },
  },
})
