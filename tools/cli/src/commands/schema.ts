import { Command } from '@commander-js/extra-typings'
import { planSchemas, type Finding } from '@opencore/contract'
import { loadApiCatalogue } from '@opencore/toolchain/apis'
import { glob } from 'tinyglobby'
import { findLacking, type LackingChart } from '../workspace/find-lacking.ts'
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
  'charts/*/templates/_owned-fields.tpl',
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
    const sources = await readChartSources(root)
    const lacking = findLacking(sources, apis)
    if (!check && lacking.length > 0) throw new Refusal(lacking.map(refuseLacking))
    for (const { chart, source } of lacking)
      terminal.note(`skipped: ${source} unreachable: charts/${chart} is not compared`)
    const isCompared = (file: string) =>
      lacking.length === 0 ||
      (file !== 'tools/contract/generated/index.ts' &&
        lacking.every(
          ({ chart }) =>
            !file.startsWith(`charts/${chart}/`) && file !== `tools/contract/generated/${chart}.ts`,
        ))
    const known = sources.filter(({ name }) => lacking.every(({ chart }) => chart !== name))
    const planned = await planSchemas(known, apis)
    if (!planned.ok) throw new Refusal(planned.findings)
    const listExisting = async () => (await glob(generated, { cwd: root })).filter(isCompared)
    const files = planned.value.filter(({ path }) => isCompared(path))
    if (check) refuseStale(compareFiles(root, files, await listExisting()), 'opencore schema')
    else reportChanges(terminal, await writeFiles(root, files, listExisting))
  })

const refuseLacking = ({ chart, source }: LackingChart): Finding => ({
  code: 'API_SOURCE_UNREACHABLE',
  severity: 'error',
  at: { file: `charts/${chart}/values.schema.yaml` },
  found: `it refers to kinds of ${source}, which is unreachable`,
  wanted: 'the API definitions that tools/contract/apis.yaml names',
  next: 'let this machine reach the address there, or name a folder with the files in OPENCORE_CRD_MIRROR',
})
