import { append, defineEnvironment } from '@opencore/model/define'
import { standardPeers } from '../peers.ts'
import { counterpartOf, databasesOf, mirroredKafka, roleOf } from '../regions.ts'

/** Production, Frankfurt: waits at zero pods until environments/regions.ts names it. */
export const environment = defineEnvironment({
  name: 'prod-eu-central-1',
  tier: 'production',
  role: roleOf('eu-central-1'),
  region: 'eu-central-1',
  zones: ['eu-central-1a', 'eu-central-1b', 'eu-central-1c'],
  kubernetesVersion: '1.36.3',
  domain: 'eu-central-1.firefly-banking.com',
  peers: standardPeers,
  counterpart: counterpartOf('eu-central-1'),
  values: {
    service: { spring: { profiles: append(['eu-central-1']) } },
    kafka: mirroredKafka,
    postgres: databasesOf('eu-central-1'),
  },
})
