import { definePlatformPart } from '@opencore/model/define'

/** What takes traffic in from outside: reaches services that expose themselves at the edge. */
export const ingressGateway = definePlatformPart({
  name: 'ingress-gateway',
  namespace: 'istio-ingress',
  // Istio makes the gateway's pods, and calls their account after the Gateway and its class.
  serviceAccount: 'public-istio',
  podLabels: { 'gateway.networking.k8s.io/gateway-name': 'public' },
})
