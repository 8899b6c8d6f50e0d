import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { formatFinding } from '@opencore/contract/findings'
import { describe, expect, test } from 'vitest'
import { isMap } from '../json.ts'
import { importModule, readTree } from '../testing/read-tree.ts'
import { findRelease } from './assemble-later.ts'
import { assemblePlatform, type Asked } from './assemble-platform.ts'
import type { PlatformInput } from './input.ts'

const fixtures = join(import.meta.dirname, '../../fixtures')
const tree = await readTree(join(fixtures, 'tree'))
const rejects = readdirSync(join(fixtures, 'rejects')).filter((file) => !file.endsWith('.txt'))

describe('rejects', () => {
  test.each(rejects)('%s', async (fixture) => {
    const result = assemblePlatform(await applyMistake(fixture))
    const said = result.ok ? 'accepted' : result.findings.map(formatFinding).join('\n')
    await expect(`${said}\n`).toMatchFileSnapshot(
      join(fixtures, 'rejects', fixture.replace(/\.\w+$/, '.txt')),
    )
  })
})

test('what a layer sets by hand wins over what the graph derives', async () => {
  const file = 'environments/services/accounts.ts'
  const source = `export const accounts = {
    name: 'accounts', team: 'books', namespace: 'banking', uses: { services: ['ledger'] },
    values: { image: { repository: 'registry.example.com/accounts' }, env: { LEDGER_URL: 'http://by-hand' } },
  }`
  const module: unknown = await import(`data:text/javascript,${encodeURIComponent(source)}`)
  const result = assemblePlatform({
    ...tree,
    modules: { ...tree.modules, [file]: module as (typeof tree.modules)[string] },
    sources: { ...tree.sources, [file]: source },
  })
  const releases = result.ok ? result.value.environments.flatMap((environment) => environment.releases) : []
  const accounts = releases.filter(({ name }) => name === 'accounts')
  expect(accounts.length).toBeGreaterThan(0)
  for (const { values } of accounts) expect(values['env']).toMatchObject({ LEDGER_URL: 'http://by-hand' })
})

test('a service has no release, no flow and no namespace where it is not', () => {
  const file = 'environments/services/accounts.ts'
  const definition = { ...(tree.modules[file]?.['accounts'] as object), namespace: 'retail' }
  const assembled = assemblePlatform({
    ...tree,
    modules: { ...tree.modules, [file]: { accounts: { ...definition, environments: ['live'] } } },
    overrides: [],
  })
  const environments = assembled.ok ? assembled.value.environments : []
  const seen = environments.map(({ definition: { name }, releases, flows }) => ({
    name,
    there: releases.some((release) => release.name === 'accounts'),
    flows: flows.map(({ id }) => id).filter((id) => id.includes('accounts')),
    namespace: releases.some(({ values }) => isMap(values['namespaces']) && 'retail' in values['namespaces']),
  }))
  expect(seen).toEqual([
    { name: 'dev', there: false, flows: [], namespace: false },
    {
      name: 'live',
      there: true,
      flows: ['accounts->ledger', 'ingress-gateway->accounts', 'prometheus->accounts:metrics'],
      namespace: true,
    },
  ])
})

test('an environment or release that is asked for alone is what it is among all', () => {
  const all = assemblePlatform(tree)
  if (!all.ok) throw new Error('the tree is sound')
  for (const environment of all.value.environments) {
    const alone = assemblePlatform(tree, { environment: environment.definition.name })
    expect(alone.ok && alone.value.environments).toEqual([environment])
    for (const release of environment.releases) {
      const own = assemblePlatform(tree, { environment: environment.definition.name, release: release.name })
      expect(own.ok && own.value.environments).toEqual([{ ...environment, releases: [release] }])
    }
  }
})

test('a name that nobody has assembles all, so that the near one can be said', () => {
  expect(namesOf({ environment: 'nowhere' })).toEqual(namesOf())
  expect(namesOf({ environment: 'dev', release: 'nothing' })).toEqual(namesOf({ environment: 'dev' }))

  function namesOf(only?: Asked) {
    const result = assemblePlatform(tree, only)
    return (
      result.ok &&
      result.value.environments.map(({ definition, releases }) => [
        definition.name,
        releases.map(({ name }) => name),
      ])
    )
  }
})

/** The tree with one mistake: a fixture's first line says which file it stands for, or which files or chart are missing. */
async function applyMistake(fixture: string): Promise<PlatformInput> {
  const path = join(fixtures, 'rejects', fixture)
  const bytes = readFileSync(path)
  const firstLine = /^(?:#|\/\/) (stands for|without) (.*?)(?:, in a tree without the chart (\w+))?\n/
  const [, verb, list = '', chart] = firstLine.exec(bytes.toString()) ?? []
  const files = list.split(', ')
  if (verb === 'without')
    return {
      ...tree,
      modules: Object.fromEntries(Object.entries(tree.modules).filter(([file]) => !files.includes(file))),
      overrides: tree.overrides.filter(({ file }) => !files.includes(file)),
      images: tree.images.filter(({ file }) => !files.includes(file)),
    }
  const [file = ''] = files
  if (fixture.endsWith('.ts'))
    return {
      ...tree,
      charts: tree.charts.filter(({ name }) => name !== chart),
      modules: { ...tree.modules, [file]: await importModule(path) },
      sources: { ...tree.sources, [file]: bytes.toString() },
    }
  const [, service] = /^environments\/images\/(.+)\.yaml$/.exec(file) ?? []
  if (service !== undefined)
    return {
      ...tree,
      images: [...tree.images.filter((other) => other.file !== file), { file, service, bytes }],
    }
  const [, environment = '', , release = ''] = file.replace('.yaml', '').split('/')
  return {
    ...tree,
    overrides: [
      ...tree.overrides.filter((other) => other.file !== file),
      { file, environment, release, bytes },
    ],
  }
}

test('one release of an environment that is known is the same as among all of them', () => {
  const [all, later] = [assemblePlatform(tree), assemblePlatform(tree, {}, () => true)]
  if (!all.ok || !later.ok) throw new Error('the fixture is not a platform')
  for (const [index, environment] of later.value.environments.entries())
    for (const release of all.value.environments[index]?.releases ?? [])
      expect(findRelease(environment, release.name)).toEqual(release)
})
