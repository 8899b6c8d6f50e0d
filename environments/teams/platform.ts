import { defineTeam } from '@opencore/model/define'

/** Whoever runs the platform: environments, tiers, charts, tools, and what several services share. */
export const platform = defineTeam({
  name: 'platform',
  codeOwner: '@firefly-banking/platform',
  groups: { sync: ['platform-engineers'], read: ['auditors'] },
  onCall: true,
  channels: { news: 'platform-releases', alerts: 'platform-alerts' },
})
