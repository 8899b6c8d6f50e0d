import { defineData } from '@opencore/model/define'

/** What happens in the bank, as facts that other services read: one topic for each service that tells. Who writes and reads them, the services say. */
export const events = defineData({
  name: 'events',
  team: 'platform',
  chart: 'kafka',
  namespace: 'banking-services',
  values: {
    topics: {
      'accounts.events': { compatibility: 'FULL_TRANSITIVE' },
      'payments.events': { compatibility: 'FULL_TRANSITIVE' },
    },
  },
})
