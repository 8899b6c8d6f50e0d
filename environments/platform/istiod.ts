import { definePlatformPart } from '@opencore/model/define'

/** The mesh's control plane: gives proxies their certificates and rules. */
export const istiod = definePlatformPart({
  name: 'istiod',
  namespace: 'istio-system',
  podLabels: { app: 'istiod' },
  // https://istio.io/latest/docs/ops/deployment/application-requirements/: certificates and rules over TLS.
  ports: [{ port: 15012, protocol: 'TCP' }],
})
