import { expect, test } from 'vitest'
import { formatDiff } from './format-diff.ts'
import { groupGround, repairsOf } from './group-ground.ts'

const there = { lost: [], strangers: [], areOwnersByHand: false, owners: '* @bank/platform\n/a/ @bank/a\n' }
const ground = { environment: 'dev', there, isTaken: true, names: [], known: ['cards', 'ledger'] }
const heading = 'is on the ref otherwise than it was promoted'

test('nothing is said of a ref that is as commands left it, and as the sources have it', () => {
  expect(groupGround(ground)).toEqual([])
  expect(groupGround({ ...ground, owners: there.owners })).toEqual([])
})

test('folders that were deleted are said with what brings them back, where the sources still have them', () => {
  const lost = { ...ground, there: { ...there, lost: ['cards', 'gone', 'ledger'] } }
  expect(formatDiff(groupGround({ ...lost, names: ['cards'] }))).toBe(
    `${heading}\n  ! release cards: somebody deleted its folder by hand; who: opencore history dev cards; to put it right: opencore promote dev cards`,
  )
  expect(groupGround(lost).flatMap(({ names }) => names)).toEqual(['cards', 'ledger'])
})

test('on a head that Argo CD does not take, the whole environment goes back', () => {
  const strangers = { ...ground, isTaken: false, there: { ...there, strangers: ['a', 'b'] } }
  expect(formatDiff(groupGround(strangers))).toBe(
    `${heading}\n  ! file a, b: no promotion wrote it; to put it right: opencore rollback dev, as a whole`,
  )
})

test('who approves is said where somebody changed it by hand, and where the sources have it otherwise', () => {
  const owners = '* @bank/platform\n/b/ @bank/b\n'
  expect(formatDiff(groupGround({ ...ground, owners }))).toBe(
    'who may do what\n  ! file .github/CODEOWNERS: who approves changes: + /b/ @bank/b, - /a/ @bank/a',
  )
  const byHand = { ...ground, there: { ...there, areOwnersByHand: true } }
  expect(formatDiff(groupGround({ ...byHand, owners }))).toBe(
    `${heading}\n  ! file .github/CODEOWNERS: somebody changed by hand who approves; to put it right: opencore promote dev; it becomes: + /b/ @bank/b, - /a/ @bank/a`,
  )
  // Of a ref that has none yet, all of it is new.
  const fresh = { lost: [], strangers: [], areOwnersByHand: false }
  expect(groupGround({ ...ground, there: fresh, owners })).toEqual([])
})

test('a folder of which the sources have no release goes with everything', () => {
  const dev = { definition: { name: 'dev' }, releases: [{ name: 'ledger' }] }
  const right = 'to put it right: opencore'
  expect(repairsOf(dev, true)('ledger')).toEqual({ repair: `${right} promote dev ledger` })
  expect(repairsOf(dev, true)('old')).toEqual({
    repair: `the sources have none of that name; ${right} promote dev`,
  })
  expect(repairsOf(dev, false)('old')).toEqual({
    repair: `the sources have none of that name; ${right} rollback dev, as a whole`,
  })
})
