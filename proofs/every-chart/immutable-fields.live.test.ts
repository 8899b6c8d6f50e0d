import { readCharts } from '@opencore/charts'
import {
  builtInFields,
  isFixed,
  listFixedFields,
  listReferences,
  type FieldReference,
  type JsonObject,
} from '@opencore/contract'
import { renderReleases } from '@opencore/renderer'
import { loadApiCatalogue } from '@opencore/toolchain/apis'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { parse } from 'yaml'
import { requestCases } from '../shared/request-cases.ts'
import { root } from '../shared/root.ts'

// What the API server refuses to change, and operators' definitions do (CEL rules with `oldSelf`), of every kind that a case
// renders: the values that set it are marked by `x-opencore-change`, so that the guard says so before the API server does.

/** Why no value is marked for a field. */
const UNMARKED: Record<string, string> = {
  'Database/spec.name': 'the key of the map: another key is another object',
  'DatabaseRole/spec.name': 'the key of the map: another key is another object',
  'Publication/spec.name': 'the key of the map: another key is another object',
  'Subscription/spec.name': 'the key of the map: another key is another object',
}

/** The same of values that are about a field of a built-in kind. */
const UNMARKED_BUILT_IN: Record<string, string> = {
  'storage: StatefulSet/spec/volumeClaimTemplates': 'each value in it is marked',
  'volumes: StatefulSet/spec/volumeClaimTemplates': 'the claim in it is marked',
  'workload.job.completions: Job/spec/completions': 'the Job is named by it: another value is another Job',
  'workload.job.podFailurePolicy: Job/spec/podFailurePolicy':
    'the Job is named by it: another value is another Job',
}

const silent = () => undefined
const charts = (await readCharts(root)).filter(({ type }) => type === 'application')
const [catalogue, rendered, references] = await Promise.all([
  loadApiCatalogue(silent),
  listRenderedKinds(),
  readReferences(),
])

/** Every kind of every case of every chart. */
async function listRenderedKinds(): Promise<Set<string>> {
  const requests = await Promise.all(charts.map(({ folder }) => requestCases(root, folder, 'cases')))
  const kinds = new Set<string>()
  for await (const { objects = [] } of renderReleases(requests.flat(), silent))
    for (const { apiVersion, kind } of objects) kinds.add(`${apiVersion}/${kind}`)
  return kinds
}

/** Of every chart, which values are about which fields. */
async function readReferences(): Promise<FieldReference[]> {
  const texts = await Promise.all(
    charts.map(({ folder }) => readFile(join(root, folder, 'values.schema.yaml'), 'utf8')),
  )
  return texts.flatMap((text) => listReferences(parse(text, { merge: true }) as JsonObject))
}

/** `apps/Deployment` of `apps/v1/Deployment`, `/Pod` of `v1/Pod`. */
const withoutVersion = (kind: string) => kind.replace(/(^|\/)v[^/]+\//, '/')

const kinds = new Set([...rendered].map(withoutVersion))
const fixed = [...listFixedFields(catalogue)]
  .filter(([kind]) => kinds.has(kind))
  .flatMap(([kind, fields]) => fields.map((field) => ({ kind, ...field })))
const setters = references.filter(({ by }) => by !== 'patch')

it('there are such fields', () => {
  expect(fixed.length).toBeGreaterThan(20)
})

it('a value that sets what an operator does not let be changed is marked, or it is said why none is', () => {
  const lacking = fixed
    .filter(({ kind }) => !builtInFields.has(kind))
    .flatMap(({ kind, path }) => {
      const own = setters.filter((each) => withoutVersion(each.kind) === kind && isAlong(each.path, path))
      const isMarked = own.length > 0 && own.every(({ change }) => change !== undefined)
      return isMarked ? [] : [`${kind.replace(/^.*\//, '')}/${path}`]
    })
  expect([...new Set(lacking)].sort()).toEqual(Object.keys(UNMARKED).sort())
})

it('a value that sets what the API server does not let be changed is marked, or it is said why it is not', () => {
  const lacking = setters.filter(
    ({ kind, path, change }) =>
      change === undefined && isFixed(builtInFields.get(withoutVersion(kind)) ?? [], path.join('.'), {}),
  )
  const named = lacking.map(
    ({ kind, path, value }) => `${value}: ${kind.replace(/^.*\//, '')}/${path.join('/')}`,
  )
  expect([...new Set(named)].sort()).toEqual(Object.keys(UNMARKED_BUILT_IN).sort())
})

/** Whether one path is the beginning of the other. */
function isAlong(one: readonly string[], other: string): boolean {
  const [a, b] = [`${one.join('.')}.`, `${other}.`]
  return a.startsWith(b) || b.startsWith(a)
}
