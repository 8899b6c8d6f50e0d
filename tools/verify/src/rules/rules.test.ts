import { formatFinding } from '@opencore/contract/findings'
import { readFileSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { globSync } from 'tinyglobby'
import { describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import { checkRules } from '../check-rules.ts'
import { viewCluster } from '../cluster-view.ts'
import type { EnvironmentInput } from '../object-view.ts'
import type { KubernetesObject } from '../rendered-object.ts'
import type { ReadableSecret } from '../secret-readers.ts'
import { rules } from './index.ts'

/** A fixture: objects by release, and what else a rule may want to know. */
type Fixture = Partial<Omit<EnvironmentInput, 'secretReaders' | 'absent'>> & {
  releases: Record<string, KubernetesObject[]>
  absent?: Record<string, KubernetesObject[]>
  secretReaders?: Record<string, ReadableSecret[]>
}

const here = import.meta.dirname
const files = (pattern: string) => globSync(pattern, { cwd: here }).sort()
const ruleFiles = files('*.ts').filter((file) => !/^(index|.*\.test)\.ts$/.test(file))

function read(file: string): EnvironmentInput {
  const {
    releases,
    absent = {},
    secretReaders = {},
    ...rest
  } = parse(readFileSync(join(here, file), 'utf8')) as Fixture
  const listObjects = (of: Fixture['releases']) =>
    Object.entries(of).flatMap(([release, list]) =>
      list.map((object) => ({ environment: 'dev', release, object })),
    )
  return {
    environment: 'dev',
    tier: 'development',
    flows: [],
    peers: [],
    projects: [],
    apiServerSeenAs: ['service', 'endpoints'],
    ...rest,
    secretReaders: new Map(Object.entries(secretReaders)),
    absent: listObjects(absent),
    objects: listObjects(releases),
  }
}

/** The rule in a file: its only export that can check. */
async function load(name: string) {
  const module = (await import(join(here, `${name}.ts`))) as Record<string, unknown>
  const found = rules.find((rule) => Object.values(module).includes(rule))
  if (found === undefined) throw new Error(`${name}.ts exports no rule of the list in index.ts`)
  return found
}

test('every file of a rule is in the list and has fixtures of both kinds', async () => {
  const names = ruleFiles.map((file) => basename(file, '.ts'))
  await Promise.all(names.map(load))
  expect(rules.length).toBe(names.length)
  expect(files('fixtures/*/accepts.yaml').map((file) => basename(dirname(file)))).toEqual(names)
  expect([...new Set(files('fixtures/*/rejects/*.yaml').map((file) => file.split('/')[1]))]).toEqual(names)
})

describe('accepts', () => {
  test.each(files('fixtures/*/accepts.yaml'))('%s', async (file) => {
    const rule = await load(basename(dirname(file)))
    expect(rule.check(viewCluster(read(file))).map(formatFinding)).toEqual([])
  })
})

describe('rejects', () => {
  test.each(files('fixtures/*/rejects/*.yaml'))('%s', async (file) => {
    const rule = await load(file.split('/')[1] ?? '')
    const findings = rule.check(viewCluster(read(file)))
    expect(findings.length).toBeGreaterThan(0)
    await expect(`${findings.map(formatFinding).join('\n')}\n`).toMatchFileSnapshot(
      join(here, file.replace(/\.yaml$/, '.txt')),
    )
  })
})

test('a hook that only tests is no part of the environment', () => {
  const fixture = read('fixtures/service-account-exists/rejects/missing.yaml')
  const objects = fixture.objects.map((rendered) => ({
    ...rendered,
    object: {
      ...rendered.object,
      metadata: { ...rendered.object.metadata, annotations: { 'helm.sh/hook': 'test' } },
    },
  }))
  expect(checkRules({ ...fixture, objects })).toEqual([])
})
