import { defineService } from '@opencore/model/define'

/** Mail, text and push messages to customers. */
export const notifications = defineService({
  name: 'notifications',
  team: 'channels',
  namespace: 'banking-services',
  uses: {
    services: ['customers'],
    kafka: { name: 'events', consumer: { topics: ['accounts.events', 'payments.events'] } },
    external: [{ host: 'smtp.firefly-banking.com', port: 587, protocol: 'TCP' }],
    secrets: { smtp: { keys: ['username', 'password'] } },
  },
  exposes: { services: true, metrics: true },
  values: {
    image: { repository: 'registry.firefly-banking.com/core-banking/notifications' },
  },
})
