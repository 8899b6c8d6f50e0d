import { expect, it } from 'vitest'
import { joinLogs, readLog } from './read-log.ts'

const AT = Date.parse('2026-11-30T12:00:00Z')
const text = `2026-11-30T12:00:00.000000000Z written 1 198.18.1.4
2026-11-30T12:00:00.500000000Z primary 198.18.1.4
2026-11-30T12:00:01.000000000Z psql: error of nobody
2026-11-30T12:00:02.000000000Z written 3 198.18.2.4
2026-11-30T12:00:03.000000000Z written 4 198.18`

it('rows are read with who took them and when; a line that is still being written is not', () => {
  expect(readLog('writer', text)).toEqual({
    acknowledged: [
      { row: 'writer|1', server: '198.18.1.4', at: AT },
      { row: 'writer|3', server: '198.18.2.4', at: AT + 2000 },
    ],
    answers: [{ server: '198.18.1.4', at: AT + 500 }],
  })
})

it('several logs are one, in the order of time', () => {
  const other = readLog('neighbour', '2026-11-30T12:00:01Z written 7 198.18.1.4\n')
  const { acknowledged } = joinLogs([readLog('writer', text), other])
  expect(acknowledged.map(({ row }) => row)).toEqual(['writer|1', 'neighbour|7', 'writer|3'])
})
