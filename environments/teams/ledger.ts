import { defineTeam } from '@opencore/model/define'

/** The book of record. */
export const ledger = defineTeam({
  name: 'ledger',
  codeOwner: '@firefly-banking/ledger',
  groups: { sync: ['ledger-engineers'], read: ['auditors'] },
  onCall: true,
  channels: { news: 'ledger-releases', alerts: 'ledger-alerts' },
})
