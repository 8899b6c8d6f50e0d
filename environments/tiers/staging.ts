import { defineTier } from '@opencore/model/define'

/** Production's rehearsal: the same shape with fewer pods, and nothing is deleted without a person. */
export const staging = defineTier({
  name: 'staging',
  delivery: { hub: 'nonproduction', prune: true, selfHeal: true, deletion: 'keep' },
  values: {
    service: {
      replicas: 2,
      spring: { profiles: ['staging'] },
      // Objectives of each service's requests, alerts on how fast their error budget burns, and a dashboard of both.
      prometheusRule: { enabled: true },
      dashboards: { enabled: true },
    },
    postgres: {
      storage: { size: '20Gi' },
      walStorage: { size: '10Gi' },
      monitoring: { dashboard: { enabled: true } },
    },
    kafka: {
      topicDefaults: { partitions: 3 },
      rules: { enabled: true },
      dashboards: { enabled: true },
    },
    redis: { prometheusRule: { enabled: true }, dashboard: { enabled: true } },
    observability: { dashboards: { enabled: true } },
    // Both keys lie in the cluster, as all that they sign for.
    pki: {
      authorities: { '2026': { source: 'generated' } },
      signing: '2026',
      prometheusRule: { enabled: true },
    },
    // The key lies in the cluster, as all that it protects here.
    vault: { seal: { type: 'static' }, prometheusRule: { enabled: true } },
    telemetry: { sampling: { percent: 10 }, prometheusRule: { enabled: true } },
    foundation: {
      namespaceDefaults: {
        quota: { hard: { pods: '100', 'requests.cpu': '20', 'requests.memory': '72Gi' } },
      },
    },
  },
})
