import { findLack } from '@opencore/nodes'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { drainNode, losePod, powerCycleNode, switchOver } from './real/faults.ts'
import { describeDrill, runDrill, type Fault } from './real/run-drill.ts'
import { openStage, type Stage } from './real/stage.ts'

// Each drill three times in a row; what they print is what docs/drills.md says.

const lack = await findLack()
if (lack !== undefined) process.stderr.write(`drills: skipped: ${lack}\n`)

const say = (line: string) => process.stderr.write(`${line}\n`)
const drills: [name: string, fault: Fault][] = [
  ['postgres-pod-loss', losePod],
  ['postgres-switchover', switchOver],
  ['node-drain', drainNode],
  ['postgres-node-power-cycle', powerCycleNode],
]

describe.skipIf(lack !== undefined)('a drill loses no acknowledged row', () => {
  let opened: Stage | undefined
  beforeAll(async () => {
    opened = await openStage(say)
    await opened.awaitHealthy()
  })
  afterAll(() => opened?.stop())

  const times = [1, 2, 3]
  it.each(drills.flatMap(([name, fault]) => times.map((time) => [name, time, fault] as const)))(
    '%s, time %d',
    async (name, time, fault) => {
      if (opened === undefined) throw new Error('no nodes run')
      const report = await runDrill(opened, fault)
      say(describeDrill(`${name} ${time}`, report))
      expect(report.lost).toEqual([])
    },
  )
})
