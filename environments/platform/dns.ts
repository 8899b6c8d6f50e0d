import { definePlatformPart } from '@opencore/model/define'

/** Cluster DNS: every pod asks it. */
export const dns = definePlatformPart({
  name: 'dns',
  namespace: 'kube-system',
  podLabels: { 'k8s-app': 'kube-dns' },
  ports: [
    { port: 53, protocol: 'UDP' },
    { port: 53, protocol: 'TCP' },
  ],
})
