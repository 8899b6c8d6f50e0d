import { defineTeam } from '@opencore/model/define'

/** Money that moves: transfers, direct debits, cards. */
export const payments = defineTeam({
  name: 'payments',
  codeOwner: '@firefly-banking/payments',
  groups: { sync: ['payments-engineers'], read: ['payments-support'] },
  onCall: true,
  channels: { news: 'payments-releases', alerts: 'payments-alerts' },
})
