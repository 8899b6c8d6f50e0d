import { describe, expect, it } from 'vitest'
import { findOverlaps, longestGap } from './judge-log.ts'

/** `a0 b5`: who answered as a primary, and when. */
const parse = (text: string) =>
  text.split(' ').map((word) => ({ server: word.slice(0, 1), at: Number(word.slice(1)) }))

describe(longestGap, () => {
  it('is between two that were acknowledged, and nothing where there are none', () => {
    expect(longestGap([{ at: 10 }, { at: 12 }, { at: 40 }, { at: 45 }])).toBe(28)
    expect(longestGap([])).toBe(0)
  })
})

describe(findOverlaps, () => {
  it.each([
    ['one that stays', 'a0 a1 a2'],
    ['one after the other', 'a0 a1 b5 b6'],
    ['a way there and back', 'a0 b5 b6 a9 a10'],
    ['three in a row', 'a0 b5 c9'],
    ['nobody', 'a0'],
  ])('lets pass %s', (_, text) => {
    expect(findOverlaps(parse(text))).toEqual([])
  })

  it('finds an old primary that goes on beside the new one, until when', () => {
    expect(findOverlaps(parse('a0 a3 b5 a6 b7 a8 b9 b10'))).toContainEqual({
      older: 'a',
      newer: 'b',
      milliseconds: 3,
    })
  })
})
