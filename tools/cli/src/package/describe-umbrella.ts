import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import {
  joinComponents,
  printJson,
  printTypes,
  readContract,
  type Contract,
  type JsonSchema,
} from '@opencore/contract'
import type { ChartFolder } from '@opencore/charts'

/** The whole schema of an umbrella with the values of every component: what an editor needs. */
export async function readUmbrella(
  root: string,
  umbrella: ChartFolder,
  charts: readonly ChartFolder[],
): Promise<JsonSchema> {
  const contractOf = async (name: string): Promise<Contract> => {
    const folder = charts.find((chart) => chart.name === name)?.folder ?? `charts/${name}`
    const text = await readFile(join(root, folder, 'values.schema.json'), 'utf8')
    return readContract(name, JSON.parse(text) as JsonSchema)
  }
  const components = umbrella.components.map(
    async ({ name, chart }) => [name, await contractOf(chart)] as const,
  )
  return joinComponents(await contractOf(umbrella.name), new Map(await Promise.all(components)))
}

/** Write `<umbrella>.schema.json` and `<umbrella>.d.ts` beside the packages. */
export async function describeUmbrella(
  repository: string,
  root: string,
  umbrella: ChartFolder,
  charts: readonly ChartFolder[],
): Promise<void> {
  const schema = await readUmbrella(root, umbrella, charts)
  const types = await printTypes(
    { chart: umbrella.name, schema },
    `\`opencore package\` for ${umbrella.name} ${umbrella.version}`,
  )
  await writeFile(join(repository, `${umbrella.name}.schema.json`), printJson(schema))
  await writeFile(join(repository, `${umbrella.name}.d.ts`), types)
}
