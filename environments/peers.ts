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
})
