import { expect, test } from 'vitest'
import { keepLasting, sparePassing } from './passing-lines.ts'

test('a log has every lasting line, and of the passing ones one every ten seconds', () => {
  const lines: string[] = []
  let time = 0
  const report = sparePassing(
    (line) => lines.push(line),
    () => time,
  )
  for (let ready = 0; ready < 60; ready++) {
    report(`${ready} of 60 Applications`, 'passing')
    if (ready === 30) report('dev-accounts waits: exceeded quota')
    time += 500
  }
  report('60 of 60 Applications')
  expect(lines).toEqual([
    '0 of 60 Applications',
    '20 of 60 Applications',
    'dev-accounts waits: exceeded quota',
    '40 of 60 Applications',
    '60 of 60 Applications',
  ])
})

test('a terminal shows the passing line under the last one that lasts', () => {
  const texts: string[] = []
  const report = keepLasting((text) => texts.push(text))
  report('0 of 60', 'passing')
  report('dev-accounts waits: exceeded quota')
  report('1 of 60', 'passing')
  report('2 of 60', 'passing')
  expect(texts).toEqual([
    '0 of 60',
    'dev-accounts waits: exceeded quota',
    'dev-accounts waits: exceeded quota\n1 of 60',
    'dev-accounts waits: exceeded quota\n2 of 60',
  ])
})
