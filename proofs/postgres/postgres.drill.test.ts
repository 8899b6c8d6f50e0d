import { describeDrill, drills, listFailures, openStage, runDrill, type Stage } from '@opencore/drills'
import { findLack } from '@opencore/nodes'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { renderStage } from './real/render-stage.ts'

// Each drill three times in a row; what they print is what docs/drills.md says.

const lack = await findLack()
if (lack !== undefined) process.stderr.write(`drills: skipped: ${lack}\n`)

const say = (line: string) => process.stderr.write(`${line}\n`)

describe.skipIf(lack !== undefined)('a drill loses no acknowledged row', () => {
  let opened: Stage | undefined
  beforeAll(async () => {
    opened = await openStage(renderStage, say)
  })
  afterAll(() => opened?.stop())

  const times = [1, 2, 3]
  it.each(drills.flatMap((drill) => times.map((time) => [drill.name, time, drill] as const)))(
    '%s, time %d',
    // A restore waits for a base backup and for each part of the log.
    { timeout: 3_000_000 },
    async (_, time, drill) => {
      if (opened === undefined) throw new Error('no nodes run')
      const report = await runDrill(opened, drill)
      say(`${time} ${describeDrill(report)}`)
      expect(listFailures(drill, report)).toEqual([])
    },
  )
})
