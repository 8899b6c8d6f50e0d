import { readCharts } from '@opencore/charts'
import { isObject, listReferences, type FieldReference, type JsonObject } from '@opencore/contract'
import { renderReleases } from '@opencore/renderer'
import { loadApiCatalogue } from '@opencore/toolchain/apis'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { parse } from 'yaml'
import { requestCases } from '../shared/request-cases.ts'
import { root } from '../shared/root.ts'

// What an operator's definitions refuse to change (CEL rules with `oldSelf`), of every kind that a case renders: the
// values that set it are marked by `x-opencore-change`, so that the guard says so before the API server does.

/** Why no value is marked for a field. */
const UNMARKED: Record<string, string> = {
  'Database/spec/name': 'the key of the map: another key is another object',
  'DatabaseRole/spec/name': 'the key of the map: another key is another object',
  'Publication/spec/name': 'the key of the map: another key is another object',
  'Subscription/spec/name': 'the key of the map: another key is another object',
}

const silent = () => undefined
const charts = (await readCharts(root)).filter(({ type }) => type === 'application')
const [{ crds }, rendered, references] = await Promise.all([
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

/** Paths of what a schema refuses to change: of the whole, or of the one key that a rule compares. */
function listFixed(schema: unknown, path: readonly string[] = []): string[][] {
  if (!isObject(schema)) return []
  const rules = (schema['x-kubernetes-validations'] ?? []) as { rule: string }[]
  const own = rules
    .filter(({ rule }) => rule.includes('oldSelf'))
    .map(({ rule }) => [...path, ...(/^self\.(\w+) == oldSelf\.\1$/.exec(rule)?.slice(1) ?? [])])
  const properties = isObject(schema['properties']) ? schema['properties'] : {}
  return [...own, ...Object.entries(properties).flatMap(([key, of]) => listFixed(of, [...path, key]))]
}

interface DefinitionSpec {
  group: string
  names: { kind: string }
  versions: { name: string; schema: { openAPIV3Schema: unknown } }[]
}

const fixed = crds
  .map(({ manifest }) => manifest['spec'] as DefinitionSpec)
  .flatMap(({ group, names, versions }) =>
    versions
      .map(({ name, schema }) => ({ kind: `${group}/${name}/${names.kind}`, schema: schema.openAPIV3Schema }))
      .filter(({ kind }) => rendered.has(kind))
      .flatMap(({ kind, schema }) => listFixed(schema).map((path) => ({ kind, path }))),
  )

it('there are such fields', () => {
  expect(fixed.length).toBeGreaterThan(20)
})

it('a value that sets what may not change is marked, or it is said why none is', () => {
  const lacking = fixed.flatMap(({ kind, path }) => {
    const setters = references.filter(
      (reference) => reference.kind === kind && reference.by !== 'patch' && isAlong(reference.path, path),
    )
    const isMarked = setters.length > 0 && setters.every(({ change }) => change !== undefined)
    return isMarked ? [] : [`${kind.replace(/^.*\//, '')}/${path.join('/')}`]
  })
  expect([...new Set(lacking)].sort()).toEqual(Object.keys(UNMARKED).sort())
})

/** Whether one path is the beginning of the other. */
function isAlong(one: readonly string[], other: readonly string[]): boolean {
  const length = Math.min(one.length, other.length)
  return one.slice(0, length).join('/') === other.slice(0, length).join('/')
}
