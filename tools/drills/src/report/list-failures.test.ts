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
