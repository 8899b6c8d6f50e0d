import { proveRestated } from '../shared/restated.ts'

// Samples of Strimzi's examples and of its documentation, chosen by kind. Secrets and ConfigMaps that a sample brings for
// itself are somebody else's with us as well, so they are no facts.
await proveRestated({
  chart: 'kafka',
  defaults: { '.rack.type': 'topology-label' },
})
