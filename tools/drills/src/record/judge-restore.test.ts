import { describe, expect, it } from 'vitest'
import { judgeRestore } from './judge-restore.ts'

/** Ten rows: each begun at 10 n, committed at 10 n + 3, and known to the client at 10 n + 5. */
const numbers = Array.from({ length: 10 }, (_, index) => index + 1)
const acknowledged = numbers.map((row) => ({ row: `writer|${row}`, server: 'a', at: 10 * row + 5 }))
const restoredTo = (moment: number) =>
  numbers.filter((row) => 10 * row + 3 <= moment).map((row) => ({ row: `writer|${row}`, began: 10 * row }))
const judge = (rows: ReturnType<typeof restoredTo>, target: number) =>
  judgeRestore(acknowledged, rows, { until: target, target })

describe(judgeRestore, () => {
  it.each([52, 54, 56])('finds what was restored to %d to be so', (target) => {
    expect(judge(restoredTo(target), target)).toMatchObject({
      wanted: target > 55 ? 5 : 4,
      missing: [],
      surplus: [],
    })
  })

  it('says no where a row before the moment is missing', () => {
    expect(judge(restoredTo(48), 56)).toMatchObject({ wanted: 5, missing: ['writer|5'], surplus: [] })
  })

  it('says no where a row after the moment is there', () => {
    expect(judge(restoredTo(63), 56)).toMatchObject({ missing: [], surplus: ['writer|6'] })
  })

  it('takes any end that is late enough where no moment was asked for', () => {
    const verdict = judgeRestore(acknowledged, restoredTo(200), { until: 30 })
    expect(verdict).toEqual({ wanted: 2, missing: [], surplus: [], newest: 105 })
  })
})
