import { readContract, type JsonObject } from '@opencore/contract'
import { guardValues, releasesPath, valuesPath } from '@opencore/plan'
import { renderReleases } from '@opencore/renderer'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { beforeAll, expect, it } from 'vitest'
import { stringify } from 'yaml'
import { root } from '../shared/root.ts'

// The marks of `use` and `persistence.preset` repeat which use keeps what, since the guard sees values alone. Held here
// against what the chart renders: of any two of its values the guard refuses those where volumes come or go, no others.

const folder = join(root, 'charts', 'redis')
const uses = ['cache', 'queryCache', 'session', 'rateLimit']
const presets = [undefined, 'none', 'rdb', 'aof', 'aofAlways']

interface Choice {
  name: string
  values: JsonObject
  /** Whether the chart gives its pods volumes for data. */
  hasVolumes: boolean
}
const choices: Choice[] = []

/** What lets the chart take every choice: the least of all tiers, and a policy that goes with a log. */
const around = (use: string) => ({
  tier: 'development',
  auth: { enabled: false },
  tls: { enabled: false },
  ...(use.endsWith('ache') && { memory: { policy: 'volatile-lru' } }),
})

beforeAll(async () => {
  const wanted = uses.flatMap((use) =>
    presets.map((preset) => ({
      name: `${use}, ${preset ?? 'not set'}`,
      values: { use, ...(preset !== undefined && { persistence: { preset } }) },
    })),
  )
  const requests = wanted.map(({ name, values }) => ({
    id: name,
    chart: folder,
    release: 'example',
    namespace: 'data',
    values: stringify({ ...values, ...around(values.use) }),
    kubeVersion: '',
  }))
  for await (const { id, objects, error } of renderReleases(requests, () => undefined)) {
    const choice = wanted.find(({ name }) => name === id)
    if (!choice || !objects) throw new Error(`${id}: ${JSON.stringify(error)}`)
    choices.push({ ...choice, hasVolumes: JSON.stringify(objects).includes('"volumeClaimTemplate"') })
  }
})

it('some choices give volumes, and others none', () => {
  expect(choices).toHaveLength(uses.length * presets.length)
  expect(new Set(choices.map(({ hasVolumes }) => hasVolumes)).size).toBe(2)
})

it('the guard refuses a change if, and only if, volumes come or go with it', async () => {
  const schema = JSON.parse(await readFile(join(folder, 'values.schema.json'), 'utf8')) as JsonObject
  const contracts = new Map([['redis', readContract('redis', schema)]])
  const releases = [{ release: 'db', chart: 'redis', purpose: 'data', namespace: 'data' }]
  const tree = (values: JsonObject) => [
    { path: releasesPath('live'), text: stringify({ releases }) },
    { path: valuesPath('live', 'db'), text: stringify(values) },
  ]
  const wrong = choices.flatMap((before) =>
    choices
      .filter((after) => {
        const locate = () => ({ file: 'db.yaml' })
        const findings = guardValues(tree(before.values), tree(after.values), contracts, locate)
        return findings.length > 0 !== (before.hasVolumes !== after.hasVolumes)
      })
      .map((after) => `${before.name} -> ${after.name}`),
  )
  expect(wrong).toEqual([])
})
