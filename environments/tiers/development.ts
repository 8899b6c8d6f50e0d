import { defineTier } from '@opencore/model/define'

/** For trying things out: one pod of each service, and what leaves git leaves the cluster. */
export const development = defineTier({
  name: 'development',
  delivery: { hub: 'nonproduction', prune: true, selfHeal: true, deletion: 'cascade' },
  values: {
    service: {
      replicas: 1,
      spring: { profiles: ['development'] },
      resources: { requests: { cpu: '100m' } },
      topologySpread: { zone: 'ScheduleAnyway' },
    },
    // One pod of each, nothing archived: what is in there can be made again.
    postgres: {
      instances: 1,
      synchronous: { enabled: false, failoverQuorum: false },
      storage: { size: '5Gi' },
      walStorage: { size: '2Gi' },
      backups: { enabled: false },
    },
    kafka: {
      controllers: { enabled: false },
      brokers: {
        replicas: 1,
        volumes: [{ id: 0, type: 'persistent-claim', size: '5Gi', kraftMetadata: 'shared' }],
        resources: { requests: { cpu: '200m', memory: '1Gi' }, limits: { memory: '1Gi' } },
        jvmOptions: { '-Xms': '512m', '-Xmx': '512m' },
        topologySpread: { zone: 'Disabled', host: 'Disabled' },
      },
      racks: { enabled: false },
      replication: { factor: 1, minInSyncReplicas: 1 },
      cruiseControl: { enabled: false },
      topicDefaults: { partitions: 1 },
    },
    redis: {
      mode: 'standalone',
      topologySpread: 'Disabled',
      antiAffinity: 'disabled',
      pdb: { enabled: false },
    },
    // Both keys lie in the cluster, as all that they sign for.
    pki: { authorities: { '2026': { source: 'generated' } }, signing: '2026' },
    // The key lies in the cluster, as all that it protects here.
    vault: { seal: { type: 'static' }, replicas: 1, topologySpread: { zone: 'Disabled', host: 'Disabled' } },
    telemetry: {
      replicas: 1,
      sampling: { percent: 100 },
      queue: { size: '128Mi' },
      storage: { size: '1Gi' },
      topologySpread: { zone: 'Disabled', host: 'Disabled' },
    },
    foundation: {
      namespaceDefaults: { quota: { hard: { pods: '50', 'requests.cpu': '8', 'requests.memory': '32Gi' } } },
    },
  },
})
