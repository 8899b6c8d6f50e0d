import { isComponent, readCharts } from '@opencore/charts'
import { isObject, listReferences, type FieldReference, type JsonObject } from '@opencore/contract'
import { loadApiCatalogue } from '@opencore/toolchain/apis'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { glob } from 'tinyglobby'
import { expect, it } from 'vitest'
import { parse } from 'yaml'
import { root } from '../shared/root.ts'

// Nobody has to fork a chart: of every kind that one renders, each field of `spec` is a value, or a patch reaches it
// (`overlay`), or it is said here why neither does (docs/adr/0026-overlays.md).

const graph = 'who may talk to whom follows from the graph'
const secrets = 'who reads which Secret follows from the graph'
const signs = 'who signs is a value, which is reviewed as what it is'
const bounds = 'what a namespace may do is decided by values, which are reviewed as what they are'

/** Kinds that no patch lies over. */
const CLOSED: Record<string, string> = {
  AuthorizationPolicy: graph,
  CiliumNetworkPolicy: graph,
  NetworkPolicy: graph,
  PeerAuthentication: graph,
  Sidecar: graph,
  VirtualService: `${graph}: it says where calls go`,
  DatabaseRole: 'who may do what in a database is a value',
  ExternalSecret: secrets,
  Password: secrets,
  PushSecret: secrets,
  SecretStore: secrets,
  ClusterIssuer: signs,
  LimitRange: bounds,
  Namespace: bounds,
  ResourceQuota: bounds,
  ValidatingAdmissionPolicy: bounds,
  ValidatingAdmissionPolicyBinding: bounds,
}

/** Fields that neither a value nor a patch sets, of kinds without a patch: whose an object is follows from the release. */
const FIXED: Record<string, readonly string[]> = {
  Database: ['cluster', 'ensure', 'name'],
  GRPCRoute: [],
  HTTPRoute: [],
  HorizontalPodAutoscaler: ['scaleTargetRef'],
  ImageCatalog: [],
  Ingress: ['defaultBackend'],
  KafkaRebalance: [],
  KafkaTopic: [],
  PodDisruptionBudget: ['selector'],
  Publication: ['cluster', 'name'],
  Subscription: ['cluster', 'name'],
}

const charts = (await readCharts(root)).filter(isComponent)
const { kinds, definitions } = await loadApiCatalogue(() => undefined)

/** `apps/v1/Deployment` and so on, of a chart's templates but those of its tests. */
async function listKinds(folder: string): Promise<string[]> {
  const files = await glob(`${folder}/templates/**/*.{yaml,tpl}`, {
    cwd: root,
    ignore: '**/templates/tests/**',
  })
  const texts = await Promise.all(files.map((file) => readFile(join(root, file), 'utf8')))
  const found = texts.flatMap((text) => [...text.matchAll(/^apiVersion: (\S+)\nkind: (\S+)$/gm)])
  return [...new Set(found.map(([, version, kind]) => `${version}/${kind}`))].sort()
}

/** The fields of a kind's `spec`; nothing where there is none. */
function specOf(kind: string): string[] {
  const follow = (schema: unknown): JsonObject => {
    if (!isObject(schema)) return {}
    const all: unknown[] = Array.isArray(schema['allOf']) ? schema['allOf'] : []
    const only = all.length === 1 ? all[0] : schema
    const ref = isObject(only) ? only['$ref'] : undefined
    return typeof ref === 'string' ? follow(definitions[ref.replace('#/definitions/', '')]) : schema
  }
  const fieldsOf = (schema: unknown) => follow(schema)['properties'] as JsonObject | undefined
  return Object.keys(fieldsOf(fieldsOf(kinds[kind]?.schema)?.['spec']) ?? {})
}

async function referencesOf(folder: string): Promise<FieldReference[]> {
  const text = await readFile(join(root, folder, 'values.schema.yaml'), 'utf8')
  return listReferences(parse(text, { merge: true }) as JsonObject)
}

it.each(charts)(
  '$name: every field of what it renders is a value, or a patch reaches it',
  async ({ folder }) => {
    const references = await referencesOf(folder)
    const rendered = await listKinds(folder)
    expect(rendered.length).toBeGreaterThan(0)
    const unreached = rendered.flatMap((kind) => {
      const own = references.filter((reference) => reference.kind === kind)
      const name = kind.replace(/^.*\//, '')
      if (name in CLOSED || own.some(({ by }) => by === 'patch')) return []
      const isSet = (field: string) =>
        own.some(({ path: [top, next] }) => top === 'spec' && (next === undefined || next === field))
      const unset = specOf(kind).filter((field) => !isSet(field) && !FIXED[name]?.includes(field))
      return unset.map((field) => `${kind}: ${field}`)
    })
    expect(unreached).toEqual([])
  },
)

it.each(charts)('$name: nothing lies over what opens or closes', async ({ folder }) => {
  const patched = (await referencesOf(folder)).filter(({ by }) => by === 'patch').map(({ kind }) => kind)
  expect(patched.filter((kind) => kind.replace(/^.*\//, '') in CLOSED)).toEqual([])
  expect(patched.filter((kind) => kind.startsWith('rbac.authorization.k8s.io/'))).toEqual([])
})

it('says nothing of kinds that no chart renders', async () => {
  const rendered = (await Promise.all(charts.map(({ folder }) => listKinds(folder)))).flat()
  const names = new Set(rendered.map((kind) => kind.replace(/^.*\//, '')))
  // The library renders these two for charts.
  for (const shared of ['SecretStore', 'CiliumNetworkPolicy']) names.add(shared)
  expect(Object.keys({ ...CLOSED, ...FIXED }).filter((name) => !names.has(name))).toEqual([])
})
