import { printJson, readContract, validateValues, type JsonSchema } from '@opencore/contract'
import { ensureTools } from '@opencore/toolchain'
import { execa } from 'execa'
import { createHash } from 'node:crypto'
import { mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { glob } from 'tinyglobby'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { parse } from 'yaml'
import { readCharts } from '@opencore/charts'
import { root } from '../e2e/opencore.ts'
import { packageCharts } from './package-charts.ts'
import { planLock } from './plan-lock.ts'

const charts = (await readCharts(root)).filter(({ type }) => type === 'application')
const umbrella = charts.find(({ components }) => components.length > 0)
let scratch = ''

/** Built from nothing: what other runs keep is none of this test's; the tools are. */
async function build(name: string, epoch: number): Promise<string> {
  const { helm = '' } = await ensureTools(['helm'], console.error)
  const folder = join(scratch, name)
  vi.stubEnv('OPENCORE_CACHE', join(scratch, 'caches', name))
  await packageCharts(folder, { root, charts, helm, epoch })
  vi.unstubAllEnvs()
  return folder
}

/** The digest of each file. */
async function readFolder(folder: string): Promise<Record<string, string>> {
  const names = (await readdir(folder)).sort()
  const digests = names.map(async (name) => {
    const bytes = await readFile(join(folder, name))
    return [name, createHash('sha256').update(bytes).digest('hex')] as const
  })
  return Object.fromEntries(await Promise.all(digests))
}

beforeAll(async () => {
  scratch = await mkdtemp(join(tmpdir(), 'opencore-package-test-'))
})
afterAll(() => rm(scratch, { recursive: true, force: true }))

describe('a chart repository', () => {
  it('has the same bytes when it is built again for the same date, and the same digests for any', async () => {
    const [one, two, later] = [
      await build('one', 1_700_000_000),
      await build('two', 1_700_000_000),
      await build('later', 1_800_000_000),
    ]
    expect(await readFolder(two)).toEqual(await readFolder(one))
    expect((await readFolder(later))['index.yaml']).not.toBe((await readFolder(one))['index.yaml'])
    expect(await planLock(charts, later)).toEqual(await planLock(charts, one))
  })

  it('has every chart with what it depends on inside', async () => {
    const repository = join(scratch, 'one')
    const index = parse(await readFile(join(repository, 'index.yaml'), 'utf8')) as { entries: object }
    expect(Object.keys(index.entries)).toEqual(charts.map(({ name }) => name))
    for (const { name, version, dependencies } of charts) {
      const { stdout } = await execa('tar', ['-tzf', join(repository, `${name}-${version}.tgz`)])
      for (const dependency of dependencies)
        expect(stdout).toContain(`${name}/charts/${dependency}/Chart.yaml`)
    }
  })

  it('says digests that anybody can compute with the line in its README', async () => {
    const repository = join(scratch, 'one')
    const readme = await readFile(join(repository, 'README.md'), 'utf8')
    const line = /^tar .*$/m.exec(readme)?.[0] ?? ''
    const lock = parse((await planLock(charts, repository)).text) as Record<string, { digest: string }>
    for (const { name, version } of charts) {
      const command = line.replace('CHART-VERSION', `${name}-${version}`).replace('CHART', name)
      const { stdout } = await execa(command, { shell: true, cwd: repository })
      expect(`sha256:${stdout.split(' ')[0] ?? ''}`).toBe(lock[name]?.digest)
      await rm(join(repository, name), { recursive: true })
    }
  })
})

/** https://artifacthub.io/docs/topics/annotations/helm */
const annotationNames = [
  ...['alternativeName', 'category', 'changes', 'containsSecurityUpdates', 'crds', 'crdsExamples', 'images'],
  ...['license', 'links', 'maintainers', 'operator', 'operatorCapabilities', 'prerelease', 'recommendations'],
  ...['screenshots', 'signKey'],
]
const categories = [
  ...[
    'ai-machine-learning',
    'database',
    'integration-delivery',
    'monitoring-logging',
    'networking',
    'security',
  ],
  ...['storage', 'streaming-messaging', 'skip-prediction'],
]

it.each(charts)(
  '$name says to Artifact Hub what it is, in its words',
  ({ manifest: { annotations = {} } }) => {
    const prefix = 'artifacthub.io/'
    const names = Object.keys(annotations).filter((name) => name.startsWith(prefix))
    expect(annotationNames).toEqual(expect.arrayContaining(names.map((name) => name.slice(prefix.length))))
    expect(categories).toContain(annotations[`${prefix}category`])
    expect(annotations[`${prefix}license`]).toBe('Apache-2.0')
  },
)

describe('the schema of an umbrella', () => {
  const read = async () =>
    JSON.parse(await readFile(join(scratch, 'one', `${umbrella?.name}.schema.json`), 'utf8')) as JsonSchema

  it('refers to nothing outside of itself', async () => {
    expect(printJson(await read())).not.toMatch(/"\$ref": "(?!#\/definitions\/)/)
  })

  it('takes every case of the umbrella, and each case of a component under its name', async () => {
    const contract = readContract('umbrella', await read())
    const check = (values: unknown) => validateValues(contract, values, () => ({ file: '' }))
    const casesOf = (name: string) => glob(`charts/${name}/ci/*-values.yaml`, { cwd: root, absolute: true })
    const readCase = async (file: string) => parse(await readFile(file, 'utf8')) as unknown
    for (const file of await casesOf(umbrella?.name ?? ''))
      expect(check(await readCase(file)), file).toEqual([])
    for (const { name, chart } of umbrella?.components ?? [])
      for (const file of await casesOf(chart))
        expect(check({ [name]: await readCase(file) }), file).toEqual([])
  })

  it('is a TypeScript interface that knows right from wrong', async () => {
    const [name] = umbrella?.components.map((component) => component.name) ?? []
    const uses = (text: string) =>
      `import type { BankingPlatformValues } from './banking-platform'\nexport const values: BankingPlatformValues = ${text}\n`
    await writeFile(join(scratch, 'one', 'right.ts'), uses(`{ ${name}: { enabled: true } }`))
    await writeFile(join(scratch, 'one', 'wrong.ts'), uses(`{ ${name}: { enable: true } }`))
    const { stdout } = await execa(
      join(root, 'node_modules/.bin/tsc'),
      ['--ignoreConfig', '--noEmit', '--strict', '--lib', 'es5', 'right.ts', 'wrong.ts'],
      { cwd: join(scratch, 'one'), reject: false },
    )
    expect(stdout).toMatch(/^wrong\.ts.*but 'enable' does not exist.*Did you mean to write 'enabled'\?/)
    expect(stdout).not.toContain('right.ts')
  })
})
