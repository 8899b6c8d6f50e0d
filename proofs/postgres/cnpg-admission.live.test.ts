import { ensureTools } from '@opencore/toolchain'
import { execa } from 'execa'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { root } from '../shared/root.ts'
import type { Manifest } from '@opencore/renderer'
import { renderCases } from '../shared/render-cases.ts'

// CloudNativePG's own admission, the code of its webhooks, judges every object that the postgres chart makes for it.
// The API server alone would take what the operator turns away.

interface Answer {
  refusal?: string
  warnings?: string[]
}

const { cnpg = '' } = await ensureTools(['cnpg'], () => undefined)
const isOperators = ({ apiVersion }: Manifest) => apiVersion.startsWith('postgresql.cnpg.io/')
const cases = (await renderCases(root, 'postgres')).map(({ name, objects }) => ({
  name,
  objects: objects.filter(isOperators),
}))

const scratch = await mkdtemp(join(tmpdir(), 'opencore-admission-'))
afterAll(() => rm(scratch, { recursive: true }))

async function ask(objects: readonly object[]): Promise<Answer[]> {
  const input = objects.map((object) => `${JSON.stringify(object)}\n`).join('')
  const { stdout } = await execa(cnpg, ['admit'], { input })
  return stdout.split('\n').map((line) => JSON.parse(line) as Answer)
}

function findCase(wanted: string, kind: string): Manifest {
  const object = cases.find(({ name }) => name === wanted)?.objects.find((manifest) => manifest.kind === kind)
  if (!object) throw new Error(`the case ${wanted} has no ${kind}`)
  return object
}

const readNames = async (file: string) =>
  (await readFile(join(root, 'charts/postgres/files', file), 'utf8')).trim().split('\n')

it.each(cases)('takes case $name without a warning', async ({ objects }) => {
  expect(objects.length).toBeGreaterThan(0)
  const answers = await ask(objects)
  expect(answers).toEqual(
    objects.map((object) => (asksByItself(object) ? answers[objects.indexOf(object)] : {})),
  )
})

/** A pooler that asks for passwords by a query of its own: the operator warns that the Cluster has to know of it. */
function asksByItself({ kind, spec }: Manifest): boolean {
  return kind === 'Pooler' && JSON.stringify(spec ?? {}).includes('"authQuery"')
}

describe('a values file of the README and the recipes is taken:', async () => {
  const files = ['README.template.md', 'docs/recipes.md']
  const texts = await Promise.all(files.map((file) => readFile(join(root, 'charts/postgres', file), 'utf8')))
  const blocks = [...texts.join('\n').matchAll(/```yaml\n([^]*?)```/g)].map(([, block = '']) => {
    const [title = ''] = block.split('\n')
    return { title, block }
  })
  it.each(blocks)('$title', async ({ block }) => {
    const file = join(scratch, 'values.yaml')
    await writeFile(file, block)
    const [rendered] = await renderCases(root, 'postgres', { only: 'minimal', values: [file] })
    const objects = (rendered?.objects ?? []).filter(isOperators)
    expect(await ask(objects)).toEqual(objects.map(() => ({})))
  })
})

it('refuses what it should: the case without its change passes above', async () => {
  const { spec, ...rest } = findCase('minimal', 'Cluster') as Manifest & { spec: object }
  const [answer] = await ask([{ ...rest, spec: { ...spec, instances: 1 } }])
  expect(answer?.refusal).toContain('the number of synchronous replicas must be less than')
})

it('sets every parameter itself that the chart refuses for it', async () => {
  const names = await readNames('operator-parameters.txt')
  const cluster = findCase('minimal', 'Cluster') as Manifest & { spec: { postgresql: object } }
  const { spec, ...rest } = cluster
  const answers = await ask(
    names.map((name) => ({
      ...rest,
      spec: { ...spec, postgresql: { ...spec.postgresql, parameters: { [name]: 'other' } } },
    })),
  )
  const taken = names.filter(
    (_, index) => !answers[index]?.refusal?.includes('fixed configuration parameter'),
  )
  // That one it overwrites without a word.
  expect(taken).toEqual(['archive_mode'])
})

it('takes every parameter of PgBouncer that the chart takes', async () => {
  const names = await readNames('pooler-parameters.txt')
  const pooler = findCase('banking', 'Pooler') as Manifest & { spec: { pgbouncer: object } }
  const parameters = Object.fromEntries(names.map((name) => [name, '1']))
  const { spec, ...rest } = pooler
  const [answer] = await ask([{ ...rest, spec: { ...spec, pgbouncer: { ...spec.pgbouncer, parameters } } }])
  expect(answer).toEqual({})
})
