import { defineData } from '@opencore/model/define'

/** Answers that are read far more often than they change; losing them costs time and no money. */
export const cache = defineData({
  name: 'cache',
  team: 'platform',
  chart: 'redis',
  namespace: 'banking-services',
  values: {
    use: 'cache',
  },
})
