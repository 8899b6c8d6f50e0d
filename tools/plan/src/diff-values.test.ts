import { expect, test } from 'vitest'
import { diffValues, takeBack } from './diff-values.ts'

const before = { kind: 'StatefulSet', env: { A: '1' }, list: [1] }
const after = { kind: 'StatefulSet', policy: { order: 'Parallel' }, env: { A: '1', B: '2' }, list: [1, 2] }

test('names every value that differs', () => {
  expect(diffValues(before, after).map(({ path }) => path.join('.'))).toEqual(['env.B', 'list', 'policy'])
})

test('each change can be taken back alone, and all of them give the old values', () => {
  const changes = diffValues(before, after)
  expect(changes.reduce<unknown>(takeBack, after)).toEqual(before)
  expect(takeBack(after, changes[0] ?? { path: [], before, after })).toEqual({ ...after, env: { A: '1' } })
})
