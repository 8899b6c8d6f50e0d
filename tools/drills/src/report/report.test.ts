import { expect, it } from 'vitest'
import { drills } from '../drills/index.ts'
import { exampleReport } from '../test-support/example-report.ts'
import { describeDrill } from './describe-drill.ts'
import { drawTimeline } from './draw-timeline.ts'
import { printReport } from './print-report.ts'

const drill = drills.find(({ name }) => name === 'postgres-pod-loss') ?? drills[0]

it('a run is one line', () => {
  expect(describeDrill(exampleReport())).toBe(
    'postgres-pod-loss: ledger-db-1 to ledger-db-2, longest gap 8.0 s, all well after 20.0 s, 3 rows acknowledged, 0 lost',
  )
})

it('a page says what was done, acknowledged and found, and links each picture', () => {
  if (drill === undefined) throw new Error('there is no drill')
  const reports = [exampleReport(), exampleReport({ lost: ['writer|2'], found: 2 })]
  const page = printReport(drill, reports, ['out-1.svg', 'out-2.svg'])
  expect(page).toContain("What was done: the primary's pod is deleted by force.")
  expect(page).toContain('| 1 | ledger-db-1 to ledger-db-2 | 8.0 s | 20.0 s | 3 | 3 | 0 | 1 |')
  expect(page).toContain('**Not all held.**\n\n- Run 2: 1 of 3 acknowledged rows are lost.')
  expect(page).toContain('## Run 2, 2026-11-30T12:00:00.000Z\n\n![timeline of run 2](out-2.svg)')
  expect(page).toContain('- 0.5 s: ledger-db-1 deleted')
})

it('a page of runs that held says so', () => {
  if (drill === undefined) throw new Error('there is no drill')
  expect(printReport(drill, [exampleReport()], ['out-1.svg'])).toContain('All held: every acknowledged row')
})

it('a picture has a lane for each server, the marks, and the time without an acknowledged write', () => {
  const marks = [{ at: exampleReport().began, what: 'a < b & c' }]
  const svg = drawTimeline(exampleReport({ marks }))
  expect(svg).toMatch(/^<svg xmlns="http:\/\/www\.w3\.org\/2000\/svg" viewBox="0 0 900 \d+"/)
  expect(svg).toContain('>198.18.1.4</text>')
  expect(svg).toContain('>198.18.2.4</text>')
  expect(svg).toContain('8.0 s without an acknowledged write')
  expect(svg).toContain('1  0.0 s  a &lt; b &amp; c</text>')
  expect(svg).not.toMatch(/NaN|Infinity|undefined/)
})

it('of a run in which nothing was acknowledged there is a picture, too', () => {
  const svg = drawTimeline(exampleReport({ acknowledged: [], answers: [], marks: [], rto: 0 }))
  expect(svg).not.toMatch(/NaN|Infinity|undefined/)
})
