import { defineImages } from '@opencore/model/define'

/**
 * The digest of every image that the platform runs, by reference. A tag can be moved, a digest cannot.
 *
 * These images are not built here, so these digests are synthetic: each is the sha256 of its reference, and
 * images.test.ts holds them to that. Replace a line by what the registry says when its image exists.
 */
export const images = defineImages({
  'registry.firefly-banking.com/channels/edge-gateway:1.2.3':
    'sha256:e14cbce2b2f1c303ede6919126a40fb080c439c87fca716282cdd087b3685638',
  'registry.firefly-banking.com/core-banking/accounts:2.4.1':
    'sha256:95feb9514ee8186628594587a478a904f1c48d1cdfbb4a94849c48dd7a8265e1',
  'registry.firefly-banking.com/core-banking/cards:1.9.4':
    'sha256:dbf438ca11b1f2dd549d672c579e05ab770ab3f379164eeebd1c720f7d8fda01',
  'registry.firefly-banking.com/core-banking/customers:2.3.0':
    'sha256:c42fe223e045e1c9631a3f648a283470adc6c57c70aad9b32c7e9cf1de867bec',
  'registry.firefly-banking.com/core-banking/ledger:3.1.2':
    'sha256:54b0f018cae085380c336465337ac24a59cea9a5247a092d3bf8eb4a5f86a34d',
  'registry.firefly-banking.com/core-banking/notifications:1.5.0':
    'sha256:d4c3192e40badcc59c55b44ebfb04b8dcdd6897f787d412665dfedff3f7a86c9',
  'registry.firefly-banking.com/core-banking/payments:2.7.0':
    'sha256:31d2b1ba8f87757a4667f0cf9795b01a969dd473ac6ecaf8e161d6336fbb0bbb',
})
