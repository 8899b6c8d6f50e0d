import { definePlatformPart } from '@opencore/model/define'

/** The operator of Redis. */
export const redisOperator = definePlatformPart({
  name: 'redis-operator',
  namespace: 'redis-operator',
  podLabels: { name: 'redis-operator' },
})
