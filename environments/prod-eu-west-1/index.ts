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

/** Production, Ireland: the region that serves. */
export const environment = defineEnvironment({
  name: 'prod-eu-west-1',
  tier: 'production',
  role: roleOf('eu-west-1'),
  region: 'eu-west-1',
  zones: ['eu-west-1a', 'eu-west-1b', 'eu-west-1c'],
  kubernetesVersion: '1.36.3',
  mesh: { mode: 'sidecar' },
  domain: 'eu-west-1.firefly-banking.com',
  addresses: {
    // The Service, and the endpoints behind it: which of the two an enforcer sees depends on the enforcer.
    'kubernetes-api': [
      { cidrs: ['172.20.0.1/32'], ports: [{ port: 443, protocol: 'TCP' }], of: 'service' },
      { cidrs: ['10.16.255.0/28'], ports: [{ port: 443, protocol: 'TCP' }], of: 'endpoints' },
    ],
    'smtp.firefly-banking.com': [{ cidrs: ['10.16.240.25/32'], ports: [{ port: 587, protocol: 'TCP' }] }],
    'otlp.firefly-banking.com': [{ cidrs: ['10.16.240.26/32'], ports: [{ port: 443, protocol: 'TCP' }] }],
    ...archives,
    ...keysOf('eu-west-1'),
  },
  identity: identityOf('eu-west-1'),
  counterpart: counterpartOf('eu-west-1'),
  values: {
    service: { spring: { profiles: append(['eu-west-1']) } },
    kafka: mirroredKafka,
    vault: vaultOf('eu-west-1'),
    postgres: databasesOf('eu-west-1'),
  },
  data: tokensFor('eu-west-1'),
  services: {
    // Twice the customers of any other region.
    accounts: { resources: { limits: { memory: '3Gi' } } },
    payments: { autoscaling: { maxReplicas: 18 } },
  },
})
