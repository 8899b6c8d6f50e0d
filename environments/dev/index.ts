import { defineEnvironment } from '@opencore/model/define'

/** The developers' cluster. */
export const environment = defineEnvironment({
  name: 'dev',
  tier: 'development',
  role: 'active',
  region: 'eu-west-1',
  zones: ['eu-west-1a', 'eu-west-1b', 'eu-west-1c'],
  kubernetesVersion: '1.36.3',
  mesh: { mode: 'sidecar' },
  domain: 'dev.firefly-banking.com',
  addresses: {
    // The Service, and the endpoints behind it: which of the two an enforcer sees depends on the enforcer.
    'kubernetes-api': [
      { cidrs: ['172.20.0.1/32'], ports: [{ port: 443, protocol: 'TCP' }], of: 'service' },
      { cidrs: ['10.4.255.0/28'], ports: [{ port: 443, protocol: 'TCP' }], of: 'endpoints' },
    ],
    'smtp.firefly-banking.com': [{ cidrs: ['10.4.240.25/32'], ports: [{ port: 587, protocol: 'TCP' }] }],
    'otlp.firefly-banking.com': [{ cidrs: ['10.4.240.26/32'], ports: [{ port: 443, protocol: 'TCP' }] }],
  },
})
