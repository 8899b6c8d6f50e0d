import { defineData } from '@opencore/model/define'

/** What the accounts know: contracts, balances, holds. */
export const accountsDb = defineData({
  name: 'accounts-db',
  team: 'accounts',
  chart: 'postgres',
  namespace: 'banking-services',
  values: {
    bootstrap: { initdb: { database: 'accounts', owner: 'accounts' } },
  },
})
