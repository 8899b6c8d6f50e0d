import { isComponent, readCharts } from '@opencore/charts'
import {
  mergeValues,
  nestAt,
  printYaml,
  readContract,
  validateValues,
  type JsonObject,
  type JsonSchema,
} from '@opencore/contract'
import { renderManifests } from '@opencore/renderer'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { parse } from 'yaml'
import { requestCases } from '../shared/request-cases.ts'
import { root } from '../shared/root.ts'
import { listInnerFields, listTrials } from './inner-fields.ts'

const readSchema = async (folder: string) =>
  JSON.parse(await readFile(join(root, folder, 'values.schema.json'), 'utf8')) as JsonSchema

const charts = (await readCharts(root)).filter(isComponent)

it.each(charts)(
  'chart $name has no dead field in the entries of its maps and lists',
  async ({ name, folder }) => {
    const schema = await readSchema(folder)
    // `helm test` pods are not rendered for Argo CD.
    const leaves = readContract(name, schema).leaves.filter(({ pointer }) => !pointer.startsWith('/tests/'))
    const examples = leaves.flatMap(({ pointer, examples, with: needed }) =>
      examples.map((example) => mergeValues(needed, nestAt(pointer, example) as JsonObject)),
    )
    const cases = await requestCases(root, folder, 'default')
    const bases = [...examples, ...cases.map(({ values }) => (parse(values) ?? {}) as JsonObject)]
    const fields = leaves.flatMap((leaf) => listInnerFields(schema, leaf))
    const trials = listTrials(fields, bases)
    const texts = [...new Set(trials.flatMap((trial) => [trial.with, trial.without]).map(printYaml))]
    const rendered = new Map<string, string | undefined>()
    const requests = texts.map((values) => ({
      id: name,
      chart: join(root, folder),
      release: 'example',
      namespace: 'default',
      values,
      kubeVersion: '',
    }))
    let index = 0
    for await (const { manifests } of renderManifests(requests, () => undefined))
      rendered.set(texts[index++] ?? '', manifests)
    const alive = trials.filter((trial) => {
      const [set, unset] = [trial.with, trial.without].map((values) => rendered.get(printYaml(values)))
      // What the chart refuses to go without is not dead.
      return set !== undefined && set !== unset
    })
    const names = fields.map(({ pattern }) => pattern.join('.'))
    expect(names.filter((field) => !alive.some((trial) => trial.field === field))).toEqual([])
  },
)

it.each(charts)(
  'chart $name has no example in its entries that their schema refuses',
  async ({ name, folder }) => {
    const schema = await readSchema(folder)
    const fields = readContract(name, schema).leaves.flatMap((leaf) => listInnerFields(schema, leaf))
    const refused = fields.flatMap(({ pattern, schema: inner, examples }) => {
      const whole = { definitions: schema.definitions ?? {}, properties: { field: inner } }
      const contract = readContract(name, whole)
      const field = pattern.join('.')
      return examples.flatMap((example) =>
        validateValues(contract, { field: example }, (pointer) => ({ file: `${field}${pointer}` })).map(
          ({ found }) => `${field}: ${found}`,
        ),
      )
    })
    expect(refused).toEqual([])
  },
)
