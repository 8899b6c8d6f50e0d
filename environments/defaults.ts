import { defineDefaults } from '@opencore/model/define'

/** What holds everywhere. Anything below may say otherwise: tier, service, environment, a service in an environment. */
export const defaults = defineDefaults({
  team: 'platform',
  delivery: {
    git: 'https://github.com/firefly-banking/opencore-infrastructure.git',
    namespace: 'argocd',
  },
  components: {
    foundation: { chart: 'foundation', namespace: 'opencore-foundation' },
    // Istio's root namespace: what is there holds for the whole mesh.
    mesh: { chart: 'mesh', namespace: 'istio-system' },
  },
  values: {
    service: {
      commonLabels: { 'app.kubernetes.io/part-of': 'opencore-banking' },
      // The request for memory is the limit, and the heap follows it too: whoever changes the limit need not think of them.
      resources: { requests: { cpu: '250m' }, limits: { cpu: '500m', memory: '1Gi' } },
      jvm: { garbageCollector: 'G1GC', heapPercentage: 45 },
      // Actuator has its own port: the gateway and other services cannot reach it.
      spring: { managementPort: 9090 },
      // The image of `helm test`, from where the platform's images come from.
      tests: { image: { repository: 'registry.firefly-banking.com/mirror/curl' } },
    },
    postgres: {
      commonLabels: { 'app.kubernetes.io/part-of': 'opencore-banking' },
    },
    kafka: {
      commonLabels: { 'app.kubernetes.io/part-of': 'opencore-banking' },
      // Argo CD runs no Helm tests, and nobody else should be let in.
      tests: { enabled: false },
    },
    redis: {
      commonLabels: { 'app.kubernetes.io/part-of': 'opencore-banking' },
      auth: { externalSecret: { store: { name: 'vault' } } },
      tls: { issuerRef: { kind: 'ClusterIssuer', name: 'opencore' } },
    },
    foundation: {
      commonLabels: { 'app.kubernetes.io/part-of': 'opencore-banking' },
      namespaceDefaults: {
        podSecurity: { enforce: 'restricted', audit: 'restricted', warn: 'restricted', version: 'v1.36' },
      },
      controls: { registries: ['registry.firefly-banking.com'] },
    },
  },
})
