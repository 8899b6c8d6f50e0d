import { defineService } from '@opencore/model/define'

/** Mail, text and push messages to customers. */
export const notifications = defineService({
  name: 'notifications',
  team: 'channels',
  namespace: 'banking-services',
  uses: {
    services: ['customers'],
    kafka: { name: 'events', consumer: { topics: ['accounts.events', 'payments.events'] } },
  },
  exposes: { services: true, metrics: true },
  values: {
    image: { repository: 'registry.firefly-banking.com/core-banking/notifications' },
  },
})
