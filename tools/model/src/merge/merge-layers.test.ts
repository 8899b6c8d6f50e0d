import { append, mergeBy, mergeValues, remove, replace } from '@opencore/contract'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Json, JsonObject } from '../json.ts'
import { toJson } from './build-node.ts'
import { mergeLayers } from './merge-layers.ts'
import type { Node } from './node.ts'
import { writtenValues } from './written-values.ts'

const merge = (...layers: Record<string, unknown>[]) => toJson(mergeLayers(layers))

describe(mergeLayers, () => {
  test('merges maps key by key and lets the stronger layer win', () => {
    expect(merge({ a: { b: 1, c: 1 } }, { a: { c: 2, d: 2 } })).toEqual({ a: { b: 1, c: 2, d: 2 } })
  })

  test('replaces lists', () => {
    expect(merge({ a: [1, 2] }, { a: [3] })).toEqual({ a: [3] })
  })

  test('appends to a list, and to nothing', () => {
    expect(merge({ a: [1] }, { a: append([2]), b: append([3]) })).toEqual({ a: [1, 2], b: [3] })
  })

  test('merges the items that agree in a key and adds the others', () => {
    const merged = merge(
      {
        env: [
          { name: 'A', value: '1', from: 'x' },
          { name: 'B', value: '1' },
        ],
      },
      {
        env: mergeBy('name', [
          { name: 'B', value: '2' },
          { name: 'C', value: '3' },
          { name: 'A', value: '4' },
        ]),
      },
    )
    expect(merged).toEqual({
      env: [
        { name: 'A', value: '4', from: 'x' },
        { name: 'B', value: '2' },
        { name: 'C', value: '3' },
      ],
    })
  })

  test('puts a map in the place of a map', () => {
    expect(merge({ a: { b: 1 } }, { a: replace({ c: 2 }) })).toEqual({ a: { c: 2 } })
  })

  test('removes what weaker layers set, and a stronger layer sets it again', () => {
    expect(merge({ a: { b: 1, c: 1 } }, { a: { b: remove() } })).toEqual({ a: { c: 1 } })
    expect(merge({ a: { b: 1 } }, { a: remove() }, { a: { c: 1 } })).toEqual({ a: { c: 1 } })
  })

  test('keeps hostile keys as data', () => {
    const hostile = JSON.parse(
      '{"__proto__": {"polluted": 1}, "constructor": {"prototype": {"polluted": 1}}}',
    ) as JsonObject
    const merged = merge({ a: 1 }, hostile, hostile)
    expect(Object.keys(merged as JsonObject)).toEqual(['a', '__proto__', 'constructor'])
    expect('polluted' in {}).toBe(false)
  })

  test('remembers every layer that set a value, also when it is gone', () => {
    const root = mergeLayers([{ a: { b: 1 } }, { a: { b: 2 } }, { a: remove() }, { a: { b: 3 } }])
    expect(at(root, 'a', 'b')?.history).toEqual([{ layer: 3, path: ['a', 'b'], operator: 'set', value: 3 }])
    expect(at(root, 'a')?.history).toEqual([
      { layer: 0, path: ['a'], operator: 'set' },
      { layer: 1, path: ['a'], operator: 'set' },
      { layer: 0, path: ['a', 'b'], operator: 'set', value: 1 },
      { layer: 1, path: ['a', 'b'], operator: 'set', value: 2 },
      { layer: 2, path: ['a'], operator: 'remove' },
      { layer: 3, path: ['a'], operator: 'set' },
    ])
  })
})

/** Layers of one shape: the same path is a map, a list or a scalar in all of them, as a schema demands. */
const { map: shaped } = fc.letrec<{ map: JsonObject }>((tie) => ({
  map: fc.record(
    {
      s1: fc.oneof(fc.integer(), fc.string(), fc.boolean()),
      s2: fc.integer(),
      l1: fc.array(fc.integer(), { maxLength: 3 }),
      m1: tie('map'),
      m2: tie('map'),
    },
    { requiredKeys: [] },
  ),
}))
const layers = fc.array(shaped, { maxLength: 5 })

describe('properties of merging', () => {
  test('merging is associative for layers of one shape', () => {
    fc.assert(
      fc.property(shaped, shaped, shaped, (a, b, c) => {
        expect(merge(merge(a, b) as JsonObject, c)).toEqual(merge(a, merge(b, c) as JsonObject))
      }),
    )
  })

  test('merging a layer twice changes nothing', () => {
    fc.assert(
      fc.property(shaped, shaped, (a, b) => {
        expect(merge(a, b, b)).toEqual(merge(a, b))
      }),
    )
  })

  test('every scalar and list of the last layer is in the result', () => {
    fc.assert(
      fc.property(layers, shaped, (weaker, last) => {
        const merged = merge(...weaker, last)
        for (const [path, value] of leaves(last)) expect(dig(merged, path)).toEqual(value)
      }),
    )
  })

  test('the winner that provenance names said the merged value', () => {
    fc.assert(
      fc.property(layers, (all) => {
        const root = mergeLayers(all)
        for (const [path, value] of leaves(toJson(root) as JsonObject)) {
          const winner = at(root, ...path)?.history.at(-1)
          expect(winner?.value).toEqual(value)
          expect(dig(all[winner?.layer ?? -1] ?? {}, winner?.path as string[])).toEqual(value)
        }
      }),
    )
  })

  test('what is removed last is not in the result', () => {
    fc.assert(
      fc.property(layers, fc.constantFrom('s1', 'l1', 'm1'), (all, key) => {
        expect(merge(...all, { [key]: remove() })).not.toHaveProperty(key)
      }),
    )
  })

  test('the result has no null and layers stay as they were', () => {
    fc.assert(
      fc.property(layers, (all) => {
        const before = structuredClone(all)
        expect(JSON.stringify(merge(...all, { m1: { s1: remove() } }))).not.toContain('null')
        expect(all).toEqual(before)
      }),
    )
  })

  test('written values over the chart’s defaults are all layers merged', () => {
    fc.assert(
      fc.property(shaped, layers, (defaults, all) => {
        const root = mergeLayers([defaults, ...all])
        expect(mergeValues(defaults, writtenValues(root))).toEqual(toJson(root))
      }),
    )
  })

  test('exactly the values that layers set are written', () => {
    fc.assert(
      fc.property(shaped, layers, (defaults, all) => {
        const paths = (value: Json) =>
          leaves(value as JsonObject)
            .map(([path]) => path.join('.'))
            .sort()
        expect(paths(writtenValues(mergeLayers([defaults, ...all])))).toEqual(paths(merge(...all)))
      }),
    )
  })
})

function at(node: Node, ...path: readonly string[]): Node | undefined {
  const [step, ...rest] = path
  if (step === undefined) return node
  const next = node.type === 'map' ? node.entries.get(step) : undefined
  return next && at(next, ...rest)
}

function leaves(value: JsonObject, path: string[] = []): [string[], Json][] {
  return Object.entries(value).flatMap(([key, entry]): [string[], Json][] =>
    typeof entry === 'object' && entry !== null && !Array.isArray(entry)
      ? leaves(entry as JsonObject, [...path, key])
      : [[[...path, key], entry]],
  )
}

function dig(value: unknown, path: readonly string[]): unknown {
  return path.reduce<unknown>((inner, key) => (inner as Record<string, unknown>)[key], value)
}
