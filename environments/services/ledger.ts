import { defineService } from '@opencore/model/define'

/** The book of record: every posting, double entry, append only. Nothing reaches it but the services that post. */
export const ledger = defineService({
  name: 'ledger',
  team: 'ledger',
  namespace: 'banking-services',
  uses: { postgres: 'ledger-db' },
  exposes: { services: true, metrics: true },
  values: {
    image: { repository: 'registry.firefly-banking.com/core-banking/ledger' },
    // Postings in flight are finished before the pod goes.
    spring: { shutdownTimeoutSeconds: 60 },
  },
})
