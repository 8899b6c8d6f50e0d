import { definePeers } from '@opencore/model/define'

/** Pods outside the graph, as all clusters of the platform run them. */
export const standardPeers = definePeers({
  dns: {
    namespace: 'kube-system',
    podLabels: { 'k8s-app': 'kube-dns' },
    ports: [
      { port: 53, protocol: 'UDP' },
      { port: 53, protocol: 'TCP' },
    ],
  },
  ingressGateway: {
    namespace: 'istio-ingress',
    podLabels: { 'gateway.networking.k8s.io/gateway-name': 'public' },
  },
  prometheus: {
    namespace: 'monitoring',
    podLabels: { 'app.kubernetes.io/name': 'prometheus' },
  },
  cloudNativePg: {
    namespace: 'cnpg-system',
    podLabels: { 'app.kubernetes.io/name': 'cloudnative-pg' },
  },
  strimzi: {
    namespace: 'strimzi',
    podLabels: { 'strimzi.io/kind': 'cluster-operator' },
  },
  redisOperator: {
    namespace: 'redis-operator',
    podLabels: { name: 'redis-operator' },
  },
  // The first address of the range of Services, where every cluster has its API server.
  kubernetesApi: {
    cidrs: ['10.96.0.1/32'],
    ports: [{ port: 443, protocol: 'TCP' }],
  },
  // The private endpoint of the cloud's object store.
  objectStore: {
    cidrs: ['10.255.0.0/24'],
    ports: [{ port: 443, protocol: 'TCP' }],
  },
})
