import { defineTeam } from '@opencore/model/define'

/** How customers reach the bank, and how it reaches them. */
export const channels = defineTeam({
  name: 'channels',
  codeOwner: '@firefly-banking/channels',
  groups: { sync: ['channels-engineers'], read: ['channels-support'] },
  channels: { news: 'channels-releases', alerts: 'channels-alerts' },
})
