import { append, defineEnvironment } from '@opencore/model/define'
import {
  archives,
  counterpartOf,
  databasesOf,
  identityOf,
  keysOf,
  mirroredKafka,
  roleOf,
  tokensFor,
  vaultOf,
} from '../regions.ts'

/** Production, Frankfurt: waits at zero pods until environments/regions.ts names it. */
export const environment = defineEnvironment({
  name: 'prod-eu-central-1',
  tier: 'production',
  role: roleOf('eu-central-1'),
  region: 'eu-central-1',
  zones: ['eu-central-1a', 'eu-central-1b', 'eu-central-1c'],
  kubernetesVersion: '1.36.3',
  mesh: { mode: 'sidecar' },
  domain: 'eu-central-1.firefly-banking.com',
  addresses: {
    // The Service, and the endpoints behind it: which of the two an enforcer sees depends on the enforcer.
    'kubernetes-api': [
      { cidrs: ['172.20.0.1/32'], ports: [{ port: 443, protocol: 'TCP' }], of: 'service' },
      { cidrs: ['10.20.255.0/28'], ports: [{ port: 443, protocol: 'TCP' }], of: 'endpoints' },
    ],
    'smtp.firefly-banking.com': [{ cidrs: ['10.20.240.25/32'], ports: [{ port: 587, protocol: 'TCP' }] }],
    'otlp.firefly-banking.com': [{ cidrs: ['10.20.240.26/32'], ports: [{ port: 443, protocol: 'TCP' }] }],
    ...archives,
    ...keysOf('eu-central-1'),
  },
  identity: identityOf('eu-central-1'),
  counterpart: counterpartOf('eu-central-1'),
  values: {
    service: { spring: { profiles: append(['eu-central-1']) } },
    kafka: mirroredKafka,
    vault: vaultOf('eu-central-1'),
    postgres: databasesOf('eu-central-1'),
  },
  data: tokensFor('eu-central-1'),
})
