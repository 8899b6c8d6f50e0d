import { expect, test } from 'vitest'
import { nameSome } from './name-some.ts'

test.each([
  [[], ''],
  [['a'], 'a'],
  [['a', 'b'], 'a and b'],
  [['a', 'b', 'c', 'd'], 'a, b, c and d'],
  [['a', 'b', 'c', 'd', 'e'], 'a, b, c and 2 more'],
])('%j is said as "%s"', (names, said) => {
  expect(nameSome(names)).toBe(said)
})
