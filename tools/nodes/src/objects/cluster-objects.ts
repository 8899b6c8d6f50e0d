import type { KubernetesObject } from '@opencore/cluster'
import { DNS_IMAGE } from '../images/node-images.ts'
import { DNS_ADDRESS } from '../node/settings.ts'

const COREFILE = `.:53 {
  errors
  health :8080
  ready :8181
  cache 5
  loadbalance
  kubernetes cluster.local in-addr.arpa ip6.arpa {
    pods insecure
    ttl 5
  }
}
`
const LABELS = { 'k8s-app': 'kube-dns' }
const metadata = { name: 'coredns', namespace: 'kube-system' }
const cluster = (name: string) => ({ apiVersion: 'rbac.authorization.k8s.io/v1', metadata: { name } })

/** What real nodes bring beside themselves: names of Services, and the rights of what enforces policies. */
export function clusterObjects(): KubernetesObject[] {
  return [
    { apiVersion: 'v1', kind: 'ServiceAccount', metadata },
    ...grant('coredns', [{ kind: 'ServiceAccount', ...metadata }], DNS_RULES),
    // kube-router runs beside the proxy, and is known as it.
    ...grant('kube-router', [{ kind: 'User', apiGroup: GROUP, name: 'system:kube-proxy' }], ENFORCER_RULES),
    { apiVersion: 'v1', kind: 'ConfigMap', metadata, data: { Corefile: COREFILE } },
    dnsDeployment(),
    dnsService(),
  ]
}

const GROUP = 'rbac.authorization.k8s.io'
const READ = ['get', 'list', 'watch']
const DNS_RULES = [
  { apiGroups: [''], resources: ['namespaces', 'pods', 'services'], verbs: READ },
  { apiGroups: ['discovery.k8s.io'], resources: ['endpointslices'], verbs: READ },
]
const ENFORCER_RULES = [
  { apiGroups: [''], resources: ['endpoints', 'namespaces', 'nodes', 'pods', 'services'], verbs: READ },
  { apiGroups: ['networking.k8s.io'], resources: ['networkpolicies'], verbs: READ },
]

function grant(name: string, subjects: object[], rules: object[]): KubernetesObject[] {
  const role = `opencore:${name}`
  const roleRef = { apiGroup: GROUP, kind: 'ClusterRole', name: role }
  return [
    { ...cluster(role), kind: 'ClusterRole', rules },
    { ...cluster(role), kind: 'ClusterRoleBinding', subjects, roleRef },
  ]
}

function dnsDeployment(): KubernetesObject {
  const probe = (path: string, port: number) => ({ httpGet: { path, port }, periodSeconds: 1 })
  const container = {
    name: 'coredns',
    image: DNS_IMAGE,
    args: ['-conf', '/etc/coredns/Corefile'],
    ports: [
      { name: 'dns', containerPort: 53, protocol: 'UDP' },
      { name: 'dns-tcp', containerPort: 53, protocol: 'TCP' },
    ],
    readinessProbe: probe('/ready', 8181),
    livenessProbe: { ...probe('/health', 8080), periodSeconds: 10 },
    resources: { requests: { cpu: '50m', memory: '32Mi' }, limits: { memory: '128Mi' } },
    securityContext: {
      allowPrivilegeEscalation: false,
      capabilities: { drop: ['ALL'] },
      readOnlyRootFilesystem: true,
    },
    volumeMounts: [{ name: 'configuration', mountPath: '/etc/coredns', readOnly: true }],
  }
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata,
    spec: {
      replicas: 1,
      selector: { matchLabels: LABELS },
      template: {
        metadata: { labels: LABELS },
        spec: {
          serviceAccountName: 'coredns',
          priorityClassName: 'system-cluster-critical',
          securityContext: {
            runAsNonRoot: true,
            runAsUser: 65532,
            seccompProfile: { type: 'RuntimeDefault' },
            // Policies name the pod's port, since enforcers see it and not the Service's: 53, as in most clusters.
            sysctls: [{ name: 'net.ipv4.ip_unprivileged_port_start', value: '53' }],
          },
          containers: [container],
          volumes: [{ name: 'configuration', configMap: { name: 'coredns' } }],
        },
      },
    },
  }
}

function dnsService(): KubernetesObject {
  return {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name: 'kube-dns', namespace: 'kube-system', labels: LABELS },
    spec: {
      clusterIP: DNS_ADDRESS,
      selector: LABELS,
      ports: [
        { name: 'dns', port: 53, protocol: 'UDP', targetPort: 'dns' },
        { name: 'dns-tcp', port: 53, protocol: 'TCP', targetPort: 'dns-tcp' },
      ],
    },
  }
}
