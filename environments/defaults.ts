import { defineDefaults } from '@opencore/model/define'

/** Who signs the certificates of everything on the platform. */
const issuerRef = { kind: 'ClusterIssuer', name: 'opencore' }

/** What holds everywhere. Anything below may say otherwise: tier, service, environment, a service in an environment. */
export const defaults = defineDefaults({
  team: 'platform',
  delivery: {
    git: 'https://github.com/firefly-banking/opencore-infrastructure.git',
    namespace: 'argocd',
  },
  // Where services and data are.
  namespaces: ['banking-edge', 'banking-services'],
  components: {
    foundation: { chart: 'foundation', namespace: 'opencore-foundation' },
    // Where cert-manager finds the Secrets of what signs.
    pki: { chart: 'pki', namespace: 'cert-manager' },
    // Istio's root namespace: what is there holds for the whole mesh.
    mesh: { chart: 'mesh', namespace: 'istio-system' },
    // Secrets of services are here: each reads its own, by its own account.
    vault: { chart: 'vault', namespace: 'vault' },
    // Where the cluster's Alertmanager is, which takes its configuration from a Secret beside it.
    observability: { chart: 'observability', namespace: 'monitoring' },
    // Traces and logs of services leave through it, redacted.
    telemetry: { chart: 'telemetry', namespace: 'telemetry' },
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
    // Images of data and vault come from the platform's mirror, which is not there yet: their digests are synthetic (ADR 8).
    postgres: {
      commonLabels: { 'app.kubernetes.io/part-of': 'opencore-banking' },
      image: {
        repository: 'registry.firefly-banking.com/mirror/postgresql',
        tag: '18.4-standard-trixie',
        digest: 'sha256:51fe1ae733c717226979d317e20233b7c92c66737f8a6149b3682007363d206e',
      },
    },
    kafka: {
      commonLabels: { 'app.kubernetes.io/part-of': 'opencore-banking' },
      // Argo CD runs no Helm tests, and nobody else should be let in.
      tests: { enabled: false },
    },
    redis: {
      commonLabels: { 'app.kubernetes.io/part-of': 'opencore-banking' },
      image: {
        repository: 'registry.firefly-banking.com/mirror/redis',
        tag: 'v7.2.16',
        digest: 'sha256:3b794c60c76080837df067db3976a53ae8ddca2ee1d6591cb4d2f1b263b5d266',
      },
      sentinel: {
        image: {
          repository: 'registry.firefly-banking.com/mirror/redis-sentinel',
          tag: 'v7.2.16',
          digest: 'sha256:33b81e21fd564d11d40ba7e201e644949417efb26a5250e3994c80bf3c382159',
        },
      },
      exporter: {
        image: {
          repository: 'registry.firefly-banking.com/mirror/redis-exporter',
          tag: 'v1.89.0',
          digest: 'sha256:a2b3076a3829d44a0520ae6fb58a640f0488be33d7609d0e30ef7124c3586943',
        },
      },
      backup: {
        image: {
          repository: 'registry.firefly-banking.com/mirror/rclone',
          tag: '1.68.2',
          digest: 'sha256:a4cc5ff0e8642a02877b38e0beafece3d182c9e5d968be3ec2c038faac233fea',
        },
      },
      tls: { issuerRef },
    },
    vault: {
      commonLabels: { 'app.kubernetes.io/part-of': 'opencore-banking' },
      image: {
        repository: 'registry.firefly-banking.com/mirror/openbao',
        tag: '2.7.2',
        digest: 'sha256:3aed06bd12fd56fe2844ec24db03592a739aaca67d6aff2ffae12dc1fe24d1e2',
      },
      tls: { issuerRef },
      // Who leaves the graph loses its rights.
      configuration: { unknown: 'remove' },
    },
    observability: { commonLabels: { 'app.kubernetes.io/part-of': 'opencore-banking' } },
    telemetry: {
      image: {
        repository: 'registry.firefly-banking.com/mirror/opentelemetry-collector-contrib',
        tag: '0.161.0',
        digest: 'sha256:47268aa74bd0e8ec0440553094b421a7bc072158cd32ed6bb63d7bfdc9939e50',
      },
      // What stores traces and logs, outside of every cluster.
      backend: { endpoint: 'https://otlp.firefly-banking.com' },
    },
    pki: {
      commonLabels: { 'app.kubernetes.io/part-of': 'opencore-banking' },
      issuer: issuerRef.name,
    },
    foundation: {
      commonLabels: { 'app.kubernetes.io/part-of': 'opencore-banking' },
      namespaceDefaults: {
        podSecurity: { enforce: 'restricted', audit: 'restricted', warn: 'restricted', version: 'v1.36' },
      },
      controls: {
        registries: ['registry.firefly-banking.com'],
        audiences: ['istio-ca', 'sts.amazonaws.com', 'api://AzureADTokenExchange', 'openbao'],
        waivers: {
          'vault-reviews-tokens': {
            control: 'A11',
            namespace: 'vault',
            release: 'vault',
            owner: 'platform',
            reason: 'it asks the Kubernetes API whose a token is, with a token that may do nothing else',
            expires: '2027-11-30',
          },
        },
      },
    },
  },
})
