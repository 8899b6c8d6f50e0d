import { Argument, Command, InvalidArgumentError, Option } from '@commander-js/extra-typings'
import type { Finding } from '@opencore/contract'
import { drills } from '@opencore/drills/catalogue'
import { join } from 'node:path'
import { planReport } from '../drill/plan-report.ts'
import { writeAtomically } from '../files/write-atomically.ts'
import { formatTable } from '../output/format-table.ts'
import { exitCode, Refusal } from '../output/refusal.ts'
import { examples } from './examples.ts'
import { openSession } from './open-session.ts'
import { outputOption } from './options.ts'

const MOST = 20

export const drillCommand = new Command('drill')
  .description(
    "take something from the ledger's database while clients write to it, on real nodes that are started for it; list what can be taken",
  )
  .addArgument(new Argument('[name]', 'what to take').choices(drills.map(({ name }) => name)))
  .addOption(
    new Option('--times <count>', 'run it so often, one after another').argParser(readTimes).default(1),
  )
  .addOption(
    new Option('--report <file>', 'also write a page of Markdown, with a timeline of each run beside it'),
  )
  .addOption(outputOption(['table', 'json']))
  .addHelpText(
    'after',
    examples({
      drill: 'what there is',
      'drill postgres-pod-loss':
        'take the pod of the primary, and look whether every acknowledged row is there',
      'drill postgres-zone-partition --times 3 --report partition.md':
        'three times, with a page to show around',
      'drill zone-loss -o json': 'the result for a script',
    }),
  )
  .addHelpText(
    'after',
    `
It needs root on Debian 12, and takes minutes: the first time it builds what nodes are made of. A client writes row after
row. What must hold: every row that was acknowledged is there afterwards, none twice, and never do two servers answer as
primaries; else it ends with 1. Ctrl-C removes the nodes; what a killed one left, the next removes, or \`opencore down\`.`,
  )
  .action(async (name, { times, report: file, output }, command) => {
    const { terminal, root } = openSession(command)
    const drill = drills.find((one) => one.name === name)
    if (drill === undefined) {
      if (file !== undefined) throw new Refusal([nameMissing])
      const rows = drills.map(({ name: known, summary }) => ({ name: known, summary }))
      terminal.data(
        output === 'json'
          ? JSON.stringify(rows, null, 2)
          : formatTable(
              ['drill', 'what is done'],
              rows.map(({ name: known, summary }) => [known, summary]),
            ),
      )
      return
    }
    const files = file === undefined ? undefined : planReport(file, times)
    const [{ runDrills }, { drawTimeline, printReport }, { findFailures, formatRuns, summarise }] =
      await Promise.all([
        import('../drill/run-drills.ts'),
        import('@opencore/drills'),
        import('../drill/summarise.ts'),
      ])
    const reports = await runDrills({ root, terminal }, drill, times)
    terminal.data(
      output === 'json'
        ? JSON.stringify(
            reports.map((report) => summarise(drill, report)),
            null,
            2,
          )
        : formatRuns(drill, reports),
    )
    // Minutes went into the result: it is out before a file can fail.
    if (files) {
      for (const [index, report] of reports.entries())
        await writeAtomically(join(files.folder, files.pictures[index] ?? ''), drawTimeline(report))
      await writeAtomically(files.page, printReport(drill, reports, files.pictures))
    }
    const failures = findFailures(drill, reports)
    if (failures.length > 0) throw new Refusal(failures, exitCode.findings)
  })

function readTimes(text: string): number {
  const times = Number(text)
  if (Number.isInteger(times) && times >= 1 && times <= MOST) return times
  throw new InvalidArgumentError(`It is a number from 1 to ${MOST}.`)
}

const nameMissing: Finding = {
  code: 'USAGE',
  severity: 'error',
  at: { file: '--report' },
  found: 'a report, and no drill',
  wanted: 'the name of a drill',
  next: 'opencore drill lists them',
}
