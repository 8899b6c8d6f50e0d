import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { readContract, type JsonSchema } from '@opencore/contract'
import { assemblePlatform, explainValue, readChart, type PlatformInput } from '@opencore/model'
import { planPlatform } from '@opencore/plan'
import { glob } from 'tinyglobby'
import { expect, test } from 'vitest'
import { parse } from 'yaml'

const root = fileURLToPath(new URL('..', import.meta.url))
const text = (file: string) => readFileSync(`${root}/${file}`, 'utf8')

async function readPlatform(): Promise<PlatformInput> {
  const files = await glob('environments/**/*.ts', {
    cwd: root,
    ignore: ['**/*.test.ts', '**/node_modules/**'],
  })
  const modules = await Promise.all(
    files.map(async (file) => [file, (await import(`${root}/${file}`)) as object] as const),
  )
  const overrides = await glob('environments/*/overrides/*.yaml', { cwd: root })
  return {
    modules: Object.fromEntries(modules.map(([file, exports]) => [file, { ...exports }])),
    sources: Object.fromEntries(files.map((file) => [file, text(file)])),
    overrides: overrides.map((file) => {
      const [, environment = '', , release = ''] = file.replace('.yaml', '').split('/')
      return { file, environment, release, bytes: readFileSync(`${root}/${file}`) }
    }),
    charts: ['foundation', 'service'].map((name) =>
      readChart(
        parse(text(`charts/${name}/Chart.yaml`)) as Parameters<typeof readChart>[0],
        readContract(name, JSON.parse(text(`charts/${name}/values.schema.json`)) as JsonSchema),
      ),
    ),
  }
}

const platform = assemblePlatform(await readPlatform())

test('the committed environments make a platform', () => {
  expect(platform.ok ? [] : platform.findings).toEqual([])
})

test('planning it twice gives the same bytes', () => {
  if (!platform.ok) throw new Error('no platform')
  const first = planPlatform(platform.value)
  expect(first.ok && first.value.length).toBe(52)
  expect(planPlatform(platform.value)).toEqual(first)
})

test('tmp', () => {
  if (!platform.ok) throw new Error('no platform')
  for (const [e, r, p] of [['prod-eu-west-1','accounts','resources.limits.memory'],['prod-eu-west-1','payments','autoscaling'],['dev','accounts','env'],['prod-eu-west-1','accounts','network.egress'],['dev','accounts','replcas'],['dev','accounts','resources.limits.memry'],['dev','acounts',''],['prod-eu-central-1','accounts','role'],['prod-eu-west-1','accounts','spring.profiles'],['prod-eu-west-1','accounts','image.digest'],['prod-eu-west-1','accounts','pdb.maxUnavailable']] as const)
    console.log(JSON.stringify(explainValue(platform.value, e, r, p), null, 1))
})
