import { defineTeam } from '@opencore/model/define'

/** Accounts and the customers who hold them. */
export const accounts = defineTeam({
  name: 'accounts',
  codeOwner: '@firefly-banking/accounts',
  groups: { sync: ['accounts-engineers'], read: ['accounts-support'] },
  channels: { news: 'accounts-releases', alerts: 'accounts-alerts' },
})
