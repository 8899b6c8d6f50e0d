import { defineService } from '@opencore/model/define'

/** Transfers and direct debits, in and out. */
export const payments = defineService({
  name: 'payments',
  team: 'payments',
  namespace: 'banking-services',
  uses: {
    services: ['accounts', 'ledger', 'notifications'],
    kafka: {
      name: 'events',
      producer: { topics: ['payments.events'] },
      consumer: { topics: ['accounts.events'] },
    },
  },
  exposes: { services: true, metrics: true },
  values: {
    image: { repository: 'registry.firefly-banking.com/core-banking/payments' },
    spring: { shutdownTimeoutSeconds: 60 },
  },
})
