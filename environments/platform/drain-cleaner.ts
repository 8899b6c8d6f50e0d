import { definePlatformPart } from '@opencore/model/define'

/** It leaves evictions of Kafka's nodes to Strimzi, which lets one go when the copies of the last are in sync again. */
export const drainCleaner = definePlatformPart({
  name: 'drain-cleaner',
  namespace: 'strimzi-drain-cleaner',
  podLabels: { app: 'strimzi-drain-cleaner' },
})
