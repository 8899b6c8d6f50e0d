import { defineService } from '@opencore/model/define'

/** Cards and their authorisations. */
export const cards = defineService({
  name: 'cards',
  team: 'payments',
  namespace: 'banking-services',
  uses: { services: ['accounts', 'customers', 'ledger', 'notifications'] },
  exposes: { services: true, metrics: true },
  values: {
    image: { repository: 'registry.firefly-banking.com/core-banking/cards' },
  },
})
