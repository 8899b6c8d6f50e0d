import { expect, it } from 'vitest'
import { exampleReport } from '../test-support/example-report.ts'
import { listFailures } from './list-failures.ts'

it('nothing fails where every acknowledged row is there and one primary followed the other', () => {
  expect(listFailures({ moves: true }, exampleReport())).toEqual([])
})

it('a lost row, two primaries and a primary that stays are told, each in a sentence', () => {
  const report = exampleReport({
    lost: ['writer|2'],
    overlaps: [{ older: '198.18.1.4', newer: '198.18.2.4', milliseconds: 4200 }],
    primary: { before: 'ledger-db-1', after: 'ledger-db-1' },
  })
  expect(listFailures({ moves: true }, report)).toEqual([
    '1 of 3 acknowledged rows are lost',
    '198.18.1.4 still answered as a primary 4.2 s after 198.18.2.4 did',
    'ledger-db-1 is still the primary',
  ])
  expect(listFailures({}, { ...report, lost: [], overlaps: [] })).toEqual([])
})

it('a restore that lacks a row, has one too many, or had nothing to restore is told', () => {
  const whole = { wanted: 3, missing: [], surplus: [], newest: 1, rto: 40_000, rpo: undefined }
  const failuresOf = (restored: Partial<typeof whole> | { missing: string[] } | { surplus: string[] }) =>
    listFailures({}, exampleReport({ restored: { ...whole, ...restored } }))
  expect(failuresOf({})).toEqual([])
  expect(failuresOf({ missing: ['writer|3'] })).toEqual(['1 of 3 rows were not restored'])
  expect(failuresOf({ surplus: ['writer|4'] })).toEqual([
    '1 rows were restored that were begun after the moment',
  ])
  expect(failuresOf({ wanted: 0 })).toEqual(['nothing had to be restored'])
})
