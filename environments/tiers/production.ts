import { defineTier } from '@opencore/model/define'

/**
 * The certificate of the bank's own root, whose key is in a safe. It is synthetic: nobody has the key that this one was made
 * with. Whoever keeps the real one writes its certificate here, and brings what signs (charts/pki).
 */
const ROOT_2026 = `-----BEGIN CERTIFICATE-----
MIIB8zCCAZmgAwIBAgIUGYLcTVD7vfipVXMGro96cAsX4wYwCgYIKoZIzj0EAwIw
RzEYMBYGA1UECgwPRmlyZWZseSBCYW5raW5nMSswKQYDVQQDDCJGaXJlZmx5IEJh
bmtpbmcgaW50ZXJuYWwgcm9vdCAyMDI2MB4XDTI2MTEzMDEyMzExNVoXDTQ2MTEy
NTEyMzExNVowRzEYMBYGA1UECgwPRmlyZWZseSBCYW5raW5nMSswKQYDVQQDDCJG
aXJlZmx5IEJhbmtpbmcgaW50ZXJuYWwgcm9vdCAyMDI2MFkwEwYHKoZIzj0CAQYI
KoZIzj0DAQcDQgAEO4WeQn+JkOzDSF/GCzOt0Bx5ydeUc5TkYGqlfU7aS9H4GhuJ
mcOr479+MdYtUubAhdAajnC+XzO/V4WFOZrGr6NjMGEwHQYDVR0OBBYEFEOL4ZYI
cJWOAgvvOIbNJ2bA0Ke2MB8GA1UdIwQYMBaAFEOL4ZYIcJWOAgvvOIbNJ2bA0Ke2
MA8GA1UdEwEB/wQFMAMBAf8wDgYDVR0PAQH/BAQDAgEGMAoGCCqGSM49BAMCA0gA
MEUCIQC5TDKGL2cdArh3S/PWyJL48gJ8ppyWELvgbkuThsfbdAIgZ7xCkY2U6e73
u7KJyb+c+GlKVzKWnNbhtdx9kmei/3U=
-----END CERTIFICATE-----
`

/** Where customers are: load decides the number of pods, nothing is deleted without a person. */
export const production = defineTier({
  name: 'production',
  delivery: {
    hub: 'production',
    // A flow that was revoked in git must be closed in the cluster too, so pruning is on here as well.
    prune: true,
    selfHeal: true,
    deletion: 'keep',
    syncWindows: [
      {
        kind: 'deny',
        schedule: '0 18 30 12 *',
        duration: '86h',
        timeZone: 'Europe/Madrid',
        manualSync: true,
        description:
          'Year-end closing: from 30 December 18:00 until 3 January 08:00 nothing changes by itself',
      },
    ],
    // Whoever promotes to production signs with this key. Never GitHub's own (https://github.com/web-flow.gpg): it signs
    // whatever anybody commits in GitHub's editor, on any branch.
    signingKeys: ['7B1D5C0A94E2F836'],
  },
  values: {
    service: {
      replicas: 3,
      spring: { profiles: ['production'] },
      autoscaling: { enabled: true, minReplicas: 3, maxReplicas: 9 },
      // 70 % of the request, where the autoscaler adds a pod, is a third of what a pod may use: room until it is there.
      resources: { requests: { cpu: '500m' }, limits: { cpu: '1', memory: '1536Mi' } },
      jvm: { heapPercentage: 60 },
      topologySpread: { zone: 'DoNotSchedule' },
      // Objectives of each service's requests, alerts on how fast their error budget burns, and a dashboard of both.
      prometheusRule: { enabled: true },
      dashboards: { enabled: true },
    },
    postgres: {
      storage: { size: '100Gi', storageClass: 'fast-ssd' },
      walStorage: { size: '50Gi', storageClass: 'fast-ssd' },
      resources: { requests: { cpu: '2', memory: '8Gi' }, limits: { cpu: '4', memory: '8Gi' } },
      maxConnections: 200,
      monitoring: { dashboard: { enabled: true } },
    },
    kafka: {
      storageClass: 'fast-ssd',
      brokers: {
        volumes: [
          { id: 0, type: 'persistent-claim', size: '200Gi', class: 'fast-ssd', kraftMetadata: 'shared' },
        ],
      },
      topicDefaults: { partitions: 12 },
      rules: { enabled: true },
      dashboards: { enabled: true },
    },
    redis: { prometheusRule: { enabled: true }, dashboard: { enabled: true } },
    observability: { dashboards: { enabled: true } },
    pki: {
      authorities: { '2026': { source: 'brought', certificate: ROOT_2026 } },
      signing: '2026',
      prometheusRule: { enabled: true },
    },
    telemetry: { replicas: 3, storage: { className: 'fast-ssd' }, prometheusRule: { enabled: true } },
    vault: {
      // OpenBao with the plugin of its seal in it, which 2.7 no longer has: the mirror's image and one file more. It is not
      // built yet, so both digests are synthetic (ADR 8): whoever builds it writes them here, and version and name with them.
      image: {
        repository: 'registry.firefly-banking.com/openbao-awskms',
        digest: 'sha256:76d58c5bdd3d1f79e8e84d232c52ecb5ad1a261128c5f183da7d79aef428357f',
      },
      seal: {
        type: 'awskms',
        plugin: {
          command: 'openbao-plugin-kms-aws',
          version: 'v0.1.0',
          sha256sum: 'b55a94fd3a0902aa1eba73f8f6a57e0f0396ddd834612ce8a64e7f455a5044d3',
        },
      },
      storage: { className: 'fast-ssd' },
      prometheusRule: { enabled: true },
    },
    foundation: {
      namespaceDefaults: {
        quota: { hard: { pods: '200', 'requests.cpu': '80', 'requests.memory': '240Gi' } },
      },
    },
  },
})
