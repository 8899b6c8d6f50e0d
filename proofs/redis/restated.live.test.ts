import { proveRestated } from '../shared/restated.ts'

// Samples of the redis-operator and of its charts, chosen by kind. Secrets, ConfigMaps and volumes that a sample brings for
// itself are somebody else's with us as well, so they are no facts; nor is what a sample says of an exporter that it turns off.
// `latest` is said as the version that it was: names.
await proveRestated({
  chart: 'redis',
  // What is not there is not on; the others are defaults of the operator's definitions, and of the API.
  defaults: {
    '.redisExporter.enabled': false,
    '.redisSentinelConfig.redisPort': 6379,
    '.redisSentinelConfig.resolveHostnames': 'no',
    '.redisSentinelConfig.announceHostnames': 'no',
    '.livenessProbe.successThreshold': 1,
  },
})
