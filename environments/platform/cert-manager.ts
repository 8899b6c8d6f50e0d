import { definePlatformPart } from '@opencore/model/define'

/** The operator that makes and renews certificates, and signs them by the platform's own authorities. */
export const certManager = definePlatformPart({
  name: 'cert-manager',
  namespace: 'cert-manager',
  podLabels: { 'app.kubernetes.io/name': 'cert-manager' },
})
