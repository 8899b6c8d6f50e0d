import { defineData } from '@opencore/model/define'

/** The book of record. Nothing that was acknowledged may be lost, so every commit waits for a second instance. */
export const ledgerDb = defineData({
  name: 'ledger-db',
  team: 'ledger',
  chart: 'postgres',
  namespace: 'banking-services',
  values: {
    bootstrap: { initdb: { database: 'ledger', owner: 'ledger' } },
    backups: { schedule: '0 30 */6 * * *' },
  },
})
