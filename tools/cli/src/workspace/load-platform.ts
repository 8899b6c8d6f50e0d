import { readFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { readContract, type JsonSchema } from '@opencore/contract'
import { assemblePlatform, readChart, type Chart, type Override, type Platform } from '@opencore/model'
import { glob } from 'tinyglobby'
import { Refusal } from '../output/refusal.ts'
import { loadEnvironments } from './load-environments.ts'
import { readCharts } from '../charts/read-charts.ts'

/** The platform that `environments/` and `charts/` describe. Refuses with every mistake that the model finds. */
export async function loadPlatform(root: string): Promise<Platform> {
  const [layers, overrides, charts] = await Promise.all([
    loadEnvironments(root),
    readOverrides(root),
    readContracts(root),
  ])
  const platform = assemblePlatform({ ...layers, overrides, charts })
  if (!platform.ok) throw new Refusal(platform.findings)
  return platform.value
}

async function readOverrides(root: string): Promise<Override[]> {
  const files = await glob('environments/*/overrides/*', { cwd: root, dot: true })
  return Promise.all(
    files.sort().map(async (file) => {
      const [, environment = ''] = file.split('/')
      return { file, environment, release: basename(file, '.yaml'), bytes: await readFile(join(root, file)) }
    }),
  )
}

async function readContracts(root: string): Promise<Chart[]> {
  const charts = (await readCharts(root)).filter(({ type }) => type === 'application')
  return Promise.all(
    charts.map(async ({ name, folder, manifest }) => {
      const schema = await readFile(join(root, folder, 'values.schema.json'), 'utf8')
      return readChart(manifest, readContract(name, JSON.parse(schema) as JsonSchema))
    }),
  )
}
