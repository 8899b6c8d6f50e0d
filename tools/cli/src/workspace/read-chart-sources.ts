import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { ChartSource } from '@opencore/contract'
import { readIfPresent } from '../files/read-if-present.ts'
import { readCharts } from '@opencore/charts'

/** What is written by hand about the values of every chart. Libraries have no values. */
export async function readChartSources(root: string): Promise<ChartSource[]> {
  const charts = (await readCharts(root)).filter(({ type }) => type === 'application')
  return Promise.all(
    charts.map(async ({ name, version, folder, dependencies, components }) => {
      const schemaFile = `${folder}/values.schema.yaml`
      const [schemaText, readmeTemplate] = await Promise.all([
        readFile(join(root, schemaFile), 'utf8'),
        readIfPresent(join(root, folder, 'README.template.md')),
      ])
      return {
        name,
        version,
        dependencies,
        components,
        schemaFile,
        schemaText,
        ...(readmeTemplate !== undefined && { readmeTemplate }),
      }
    }),
  )
}
