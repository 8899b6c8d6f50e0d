import { readFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { provideValidator, readContract, type JsonSchema, type PlannedFile } from '@opencore/contract'
import {
  assemblePlatform,
  readChart,
  type Asked,
  type Chart,
  type Environment,
  type Platform,
  type PlatformEnvironment,
  type PlatformInput,
} from '@opencore/model'
import { readIfPresent } from '../files/read-if-present.ts'
import { Refusal } from '../output/refusal.ts'
import { noteChart } from './key-sources.ts'
import { assembleKnown } from './known-environments.ts'
import { listSources } from './list-sources.ts'
import { loadEnvironments } from './load-environments.ts'
import { loadValidator } from './load-validator.ts'
import { isComponent, readCharts } from '@opencore/charts'

/**
 * The platform that `environments/` and `charts/` describe. Refuses with every mistake that the model finds.
 * @param only the one environment or release to assemble
 */
export async function loadPlatform(root: string, only?: Asked): Promise<Platform> {
  const input = await readPlatformInput(root)
  const platform = only === undefined ? assembleKnown(input) : assemblePlatform(input, only)
  if (!platform.ok) throw new Refusal(platform.findings)
  return platform.value
}

/**
 * One environment as the model makes it where its definition differs; nothing is written. Refuses what the model does.
 * @param extend files beside those of the checkout
 */
export async function loadChanged(
  root: string,
  name: string,
  change: (definition: Environment) => Environment,
  extend: (modules: PlatformInput['modules']) => PlatformInput['modules'] = (modules) => modules,
): Promise<PlatformEnvironment> {
  const input = await readPlatformInput(root)
  const file = `environments/${name}/index.ts`
  const module = input.modules[file] ?? {}
  const changed = { ...module, environment: change(module['environment'] as Environment) }
  const platform = assemblePlatform(
    { ...input, modules: extend({ ...input.modules, [file]: changed }) },
    { environment: name },
  )
  if (!platform.ok) throw new Refusal(platform.findings)
  const environment = platform.value.environments.find(({ definition }) => definition.name === name)
  if (environment === undefined) throw new Error(`${name} is no environment`)
  return environment
}

/**
 * What the platform is assembled from, as it lies on disk.
 * @param drafts files of `environments/` that are not there yet, or have another text
 */
export async function readPlatformInput(
  root: string,
  drafts: readonly PlannedFile[] = [],
): Promise<PlatformInput> {
  const files = [...new Set([...(await listSources(root)), ...drafts.map(({ path }) => path)])].sort()
  const readAll = (pattern: RegExp) => readMatching(root, files, drafts, pattern)
  const [{ modules, sources }, overrides, images, { charts, defaults }] = await Promise.all([
    loadEnvironments(root, files, drafts),
    readAll(/^environments\/[^/]+\/overrides\//),
    readAll(/^environments\/images\/[^/]+\.yaml$/),
    readContracts(root),
  ])
  return {
    modules,
    sources: { ...sources, ...defaults },
    overrides: overrides.map((file) => ({
      ...file,
      environment: file.file.split('/')[1] ?? '',
      release: basename(file.file, '.yaml'),
    })),
    images: images.map((file) => ({ ...file, service: basename(file.file, '.yaml') })),
    charts,
  }
}

/** The bytes of those files whose path fits: what they say is judged by the model. */
async function readMatching(
  root: string,
  files: readonly string[],
  drafts: readonly PlannedFile[],
  pattern: RegExp,
): Promise<{ file: string; bytes: Uint8Array }[]> {
  return Promise.all(
    files
      .filter((file) => pattern.test(file))
      .map(async (file) => {
        const draft = drafts.find(({ path }) => path === file)
        const bytes = draft ? new TextEncoder().encode(draft.text) : await readFile(join(root, file))
        return { file, bytes }
      }),
  )
}

/** A file that `opencore schema` writes. Refuses where it is missing (CHART_FILE_MISSING). */
async function readGenerated(root: string, file: string): Promise<string> {
  const text = await readIfPresent(join(root, file))
  if (text !== undefined) return text
  throw new Refusal([
    {
      code: 'CHART_FILE_MISSING',
      severity: 'error',
      at: { file },
      found: 'there is no such file',
      wanted: 'what is generated from values.schema.yaml',
      next: 'run: opencore schema',
    },
  ])
}

/** The charts that environments can install, and the texts of their values.yaml by path, where defaults stand. */
async function readContracts(root: string): Promise<{ charts: Chart[]; defaults: Record<string, string> }> {
  const found = (await readCharts(root)).filter(isComponent)
  const read = await Promise.all(
    found.map(async ({ name, folder, manifest }) => {
      const [text = '', values] = await Promise.all(
        ['values.schema.json', 'values.yaml'].map((file) => readGenerated(root, `${folder}/${file}`)),
      )
      const schema = JSON.parse(text) as JsonSchema
      const contract = readContract(name, schema)
      provideValidator(schema, () => loadValidator(schema, text))
      const chart = readChart(manifest, contract)
      noteChart(chart, [JSON.stringify(manifest), text])
      return {
        chart,
        values: [`${folder}/values.yaml`, values ?? ''] as const,
      }
    }),
  )
  return {
    charts: read.map(({ chart }) => chart),
    defaults: Object.fromEntries(read.map(({ values }) => values)),
  }
}
