import { describe, expect, it } from 'vitest'
import { append, isMergeOperator, mergeBy, operator, remove, replace } from './merge-operators.ts'
import type { Layer } from './values.ts'

interface Chart {
  replicas?: number
  image?: { tag: string; digest?: string }
  env?: Record<string, string | { name: string; value?: string }>
  ports?: { name: string; port: number }[]
  mode?: 'on' | 'off'
}

describe('Layer', () => {
  it('takes any part of the values, and operators in the place of lists and maps', () => {
    const layers = [
      { replicas: 3 },
      { image: { tag: '1' } },
      { image: { digest: 'x' }, mode: 'on' },
      { env: { A: 'x', B: { name: 'x' } } },
      { env: replace({ A: 'x' }), replicas: remove() },
      { env: { A: remove() }, image: { digest: remove() } },
      { ports: [{ name: 'http', port: 80 }] },
      { ports: append([{ name: 'http', port: 80 }]) },
      { ports: mergeBy('name', [{ name: 'http', port: 81 }]) },
      { ports: replace([]) },
    ] as const satisfies Layer<Chart>[]
    expect(layers).toHaveLength(10)
  })

  it('is refused by the compiler where it does not fit', () => {
    const layers: Layer<Chart>[] = [
      // @ts-expect-error a misspelt key
      { replica: 3 },
      // @ts-expect-error another type
      { replicas: '3' },
      // @ts-expect-error a value that the enum does not have
      { mode: 'On' },
      // @ts-expect-error lists replace, so an item must be whole
      { ports: [{ name: 'http' }] },
      // @ts-expect-error a number cannot be appended to
      { replicas: append([1]) },
      // @ts-expect-error the key is no key of the items
      { ports: mergeBy('nam', [{ name: 'http', port: 81 }]) },
    ]
    expect(layers).toHaveLength(6)
  })
})

describe(isMergeOperator, () => {
  it('knows operators of another copy of this package, and nothing else', () => {
    expect(isMergeOperator({ [Symbol.for('opencore.operator')]: 'remove' })).toBe(true)
    expect([{}, [], null, 'remove', { operator: 'remove' }].some(isMergeOperator)).toBe(false)
  })

  it('is true of frozen operators', () => {
    for (const made of [append([1]), mergeBy('a', [{ a: 1 }]), replace({}), remove()]) {
      expect(isMergeOperator(made)).toBe(true)
      expect(Object.isFrozen(made)).toBe(true)
    }
    expect(append([1])[operator]).toBe('append')
  })
})
