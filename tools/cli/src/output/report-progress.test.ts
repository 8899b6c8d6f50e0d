import { expect, test } from 'vitest'
import { reportProgress } from './report-progress.ts'

test('says how far it came every three seconds, and nothing about what is done sooner', () => {
  const lines: string[] = []
  let time = 0
  const progress = reportProgress(
    (line) => lines.push(line),
    'cases linted',
    1623,
    () => time,
  )
  for (let done = 1; done <= 1200; done++) {
    time += 5
    progress(done)
  }
  expect(lines).toEqual(['600 of 1,623 cases linted', '1,200 of 1,623 cases linted'])
})
