import { defineService } from '@opencore/model/define'

/** Who the customers are: identity, contact, consent. */
export const customers = defineService({
  name: 'customers',
  team: 'accounts',
  namespace: 'banking-services',
  // Customers and notifications use each other: contact data one way, consent mails the other.
  uses: { services: ['notifications'] },
  exposes: { services: true, metrics: true },
  values: {
    image: { repository: 'registry.firefly-banking.com/core-banking/customers' },
  },
})
