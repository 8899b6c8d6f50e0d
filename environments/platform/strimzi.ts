import { definePlatformPart } from '@opencore/model/define'

/** The operator of Kafka. */
export const strimzi = definePlatformPart({
  name: 'strimzi',
  namespace: 'strimzi',
  podLabels: { 'strimzi.io/kind': 'cluster-operator' },
})
