import { Command } from '@commander-js/extra-typings'
import { planSchemas } from '@opencore/contract'
import { loadApiCatalogue } from '@opencore/toolchain'
import { glob } from 'tinyglobby'
import { reportChanges, refuseStale } from '../files/report-changes.ts'
import { compareFiles } from '../files/compare-files.ts'
import { writeFiles } from '../files/write-files.ts'
import { Refusal } from '../output/refusal.ts'
import { readChartSources } from '../workspace/read-chart-sources.ts'
import { examples } from './examples.ts'
import { openSession } from './open-session.ts'
import { checkOption } from './options.ts'

/** What `opencore schema` owns: a file here that no chart yields any more is removed. */
const generated = [
  'charts/*/values.yaml',
  'charts/*/values.schema.json',
  'charts/*/generated/*',
  'tools/contract/generated/*',
]

export const schemaCommand = new Command('schema')
  .description(
    "write each chart's values.yaml, values.schema.json, README and types from its values.schema.yaml",
  )
  .addOption(checkOption())
  .addHelpText(
    'after',
    examples({ schema: 'write what changed', 'schema --check': 'only say what is stale' }),
  )
  .action(async ({ check }, command) => {
    const { terminal, root } = openSession(command)
    const apis = await loadApiCatalogue((line) => {
      terminal.note(line)
    })
    const planned = await planSchemas(await readChartSources(root), apis)
    if (!planned.ok) throw new Refusal(planned.findings)
    const listExisting = () => glob(generated, { cwd: root })
    if (check) refuseStale(await compareFiles(root, planned.value, await listExisting()), 'opencore schema')
    else reportChanges(terminal, await writeFiles(root, planned.value, listExisting))
  })
