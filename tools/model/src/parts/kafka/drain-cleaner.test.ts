import { describe, expect, it } from 'vitest'
import { dataPart, derivedOf } from '../../testing/graph-fixture.ts'

describe('who answers an eviction of a node', () => {
  const core = dataPart('core', 'kafka')
  const cleaner = { name: 'drain-cleaner', namespace: 'drain-cleaner', podLabels: { app: 'it' }, ports: [] }

  it('is Strimzi, where the cluster has its Drain Cleaner', () => {
    const { values, places } = derivedOf(core, [core], undefined, { ends: [cleaner] })
    expect(values).toMatchObject({ drainCleaner: { enabled: true } })
    expect(places.get('drainCleaner.enabled')?.file).toBe('drain-cleaner.ts')
  })

  it('is the budget, where it has none', () => {
    expect(derivedOf(core, [core]).values).not.toHaveProperty(['drainCleaner'])
  })
})
