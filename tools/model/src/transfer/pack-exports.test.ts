import { append, mergeBy, remove, replace } from '@opencore/contract/merge-operators'
import { expect, it } from 'vitest'
import { packExports, unpackExports } from './pack-exports.ts'

const carry = (value: unknown) => unpackExports(structuredClone(packExports(value)))

it('carries definitions with their operators between threads', () => {
  const exports = {
    'environments/services/a.ts': {
      a: {
        list: append([{ name: 'x', value: replace({ deep: true }) }]),
        keyed: mergeBy('name', [{ name: 'y', gone: remove() }]),
        numbers: [1, 1.5, Number.NaN, undefined, null],
        ['__proto__']: 'a key like any other',
      },
    },
  }
  expect(carry(exports)).toStrictEqual(exports)
})

it('says of a function and a symbol that there was one', () => {
  const carried = carry({ help: () => 1, mark: Symbol('x') }) as Record<string, unknown>
  expect([typeof carried['help'], typeof carried['mark']]).toEqual(['function', 'symbol'])
})
