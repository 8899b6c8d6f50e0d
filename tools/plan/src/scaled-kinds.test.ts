import { readContract, type JsonObject } from '@opencore/contract'
import type { Release } from '@opencore/model'
import { expect, test } from 'vitest'
import { ignoreScaled, scaledKinds } from './scaled-kinds.ts'

const leaf = (more: JsonObject) => ({ 'x-opencore-owner': 'team', ...more })
const enabled = leaf({ type: 'boolean', default: false, 'x-opencore-scaled-when': true })
const scalable = {
  properties: {
    role: leaf({ enum: ['active', 'standby'], default: 'active' }),
    autoscaling: { properties: { enabled } },
  },
}

const releaseOf = (values: Release['values'], schema: JsonObject = scalable): Release => ({
  environment: 'live',
  name: 'accounts',
  team: 'retail',
  namespace: 'banking',
  chart: {
    name: 'service',
    version: '1.0.0',
    purpose: 'services',
    kinds: { namespaced: [], cluster: [] },
    contract: readContract('service', schema),
  },
  layers: [],
  values,
  makesNamespaces: [],
})

test('the number of pods is left alone where an autoscaler sets it, and nowhere else', () => {
  expect(scaledKinds(releaseOf({ autoscaling: { enabled: true } }))).toBe('*')
  expect(scaledKinds(releaseOf({ autoscaling: { enabled: false } }))).toBe('none')
  expect(scaledKinds(releaseOf({}))).toBe('none')
})

test('a region that waits gets its zero pods, whatever the tier says of autoscalers', () => {
  expect(scaledKinds(releaseOf({ role: 'standby', autoscaling: { enabled: true } }))).toBe('none')
})

test('charts that nothing scales are compared whole', () => {
  expect(ignoreScaled([releaseOf({}, { properties: {} })])).toBeUndefined()
  expect(ignoreScaled([releaseOf({})])).toEqual([
    { group: 'apps', kind: '{{ .scaled }}', jqPathExpressions: ['.spec.replicas | select(. > 0)'] },
  ])
})
