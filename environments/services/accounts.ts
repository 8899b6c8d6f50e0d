import { defineService } from '@opencore/model/define'

/** Current and savings accounts: opening, closing, balances, holds. */
export const accounts = defineService({
  name: 'accounts',
  team: 'accounts',
  namespace: 'banking-services',
  uses: {
    services: ['customers', 'ledger', 'notifications'],
    postgres: 'accounts-db',
    kafka: { name: 'events', producer: { topics: ['accounts.events'] } },
    redis: { name: 'cache', keyspaces: ['cache'] },
  },
  exposes: { services: true, metrics: true },
  values: {
    image: { repository: 'registry.firefly-banking.com/core-banking/accounts' },
    // Balances of the day are kept in memory.
    resources: { limits: { memory: '2Gi' } },
  },
})
