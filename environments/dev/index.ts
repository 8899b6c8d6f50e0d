import { defineEnvironment } from '@opencore/model/define'
import { standardPeers } from '../peers.ts'

/** The developers' cluster. */
export const environment = defineEnvironment({
  name: 'dev',
  tier: 'development',
  role: 'active',
  region: 'eu-west-1',
  zones: ['eu-west-1a', 'eu-west-1b', 'eu-west-1c'],
  kubernetesVersion: '1.36.3',
  domain: 'dev.firefly-banking.com',
  peers: standardPeers,
})
