import { defineEnvironment } from '@opencore/model/define'

/** The last stop before production. */
export const environment = defineEnvironment({
  name: 'staging',
  tier: 'staging',
  role: 'active',
  region: 'eu-west-1',
  zones: ['eu-west-1a', 'eu-west-1b', 'eu-west-1c'],
  kubernetesVersion: '1.36.3',
  mesh: { mode: 'sidecar' },
  rotatedCredentials: ['accounts'],
  domain: 'staging.firefly-banking.com',
  addresses: {
    // The Service, and the endpoints behind it: which of the two an enforcer sees depends on the enforcer.
    'kubernetes-api': [
      { cidrs: ['172.20.0.1/32'], ports: [{ port: 443, protocol: 'TCP' }], of: 'service' },
      { cidrs: ['10.12.255.0/28'], ports: [{ port: 443, protocol: 'TCP' }], of: 'endpoints' },
    ],
    'smtp.firefly-banking.com': [{ cidrs: ['10.12.240.25/32'], ports: [{ port: 587, protocol: 'TCP' }] }],
    'otlp.firefly-banking.com': [{ cidrs: ['10.12.240.26/32'], ports: [{ port: 443, protocol: 'TCP' }] }],
    // The private endpoint of the cloud's object store.
    'firefly-opencore-archive-staging': [
      { cidrs: ['10.255.0.0/24'], ports: [{ port: 443, protocol: 'TCP' }] },
    ],
  },
  identity: {
    provider: 'irsa',
    // The private endpoint of STS.
    addresses: [{ cidrs: ['10.255.1.0/24'], ports: [{ port: 443, protocol: 'TCP' }] }],
    roles: {
      'accounts-db': 'arn:aws:iam::111122223333:role/opencore-staging-accounts-db',
      'ledger-db': 'arn:aws:iam::111122223333:role/opencore-staging-ledger-db',
    },
  },
  values: {
    postgres: {
      backups: {
        destinationPath: 's3://firefly-opencore-archive-staging/postgres',
        s3Credentials: { inheritFromIAMRole: true },
      },
    },
  },
  services: {
    // The load test drives this one service to its limits.
    payments: { replicas: 3 },
  },
})
