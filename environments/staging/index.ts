import { defineEnvironment } from '@opencore/model/define'
import { standardPeers } from '../peers.ts'

/** The last stop before production. */
export const environment = defineEnvironment({
  name: 'staging',
  tier: 'staging',
  role: 'active',
  region: 'eu-west-1',
  zones: ['eu-west-1a', 'eu-west-1b', 'eu-west-1c'],
  kubernetesVersion: '1.36.3',
  domain: 'staging.firefly-banking.com',
  peers: standardPeers,
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
