import type { PlatformEnvironment } from '@opencore/model'
import { readReleases } from '@opencore/renderer'
import { cp, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { keyEnvironment } from './environment-key.ts'
import { findUpdates, readInputs } from './find-updates.ts'

const environment = {
  definition: { name: 'dev', tier: 'development' },
  tier: { name: 'development' },
  releases: [],
  platform: [{ name: 'dns', addresses: [] }],
  flows: [{ id: 'a->b', from: 'a', to: 'b', port: 80, protocol: 'TCP' }],
} as unknown as PlatformEnvironment

let folder = ''
let root = ''
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'opencore-key-'))
  root = join(folder, 'now')
  await write('charts/demo/Chart.yaml', 'name: demo\nversion: 0.1.0\n')
  await write('charts/demo/templates/map.yaml', 'kind: ConfigMap\n')
  const release = '{ release: a, chart: demo, purpose: services, namespace: a }'
  await write('argocd/dev/releases.yaml', `kubernetesVersion: 1.36.3\nreleases: [${release}]\n`)
  await write('argocd/dev/values/a.yaml', 'image: one\n')
  await write('argocd/dev/projects/services.yaml', 'kind: AppProject\n')
  await cp(root, join(folder, 'base'), { recursive: true })
})
afterEach(() => rm(folder, { recursive: true }))

async function write(file: string, text: string, in_ = root): Promise<void> {
  await mkdir(dirname(join(in_, file)), { recursive: true })
  await writeFile(join(in_, file), text)
}

const releasesIn = (of: string) => {
  const releases = readReleases(of)
  return releases.ok ? releases.value : []
}

async function keyOf(
  changed: Partial<PlatformEnvironment> = {},
  judges = ['code', 'tools'],
): Promise<string> {
  const releases = releasesIn(root)
  const inputs = await readInputs(root, releases)
  const base = { root: join(folder, 'base'), releases: releasesIn(join(folder, 'base')) }
  const updates = await findUpdates(base, releases, inputs)
  return keyEnvironment(
    root,
    { environment: { ...environment, ...changed }, releases, inputs, updates, approved: [] },
    judges,
  )
}

describe(keyEnvironment, () => {
  test('is the same for the same environment, wherever its layers stand', async () => {
    const before = await keyOf()
    await write('environments/dev/index.ts', '// another line')
    expect(await keyOf()).toBe(before)
    const flows = environment.flows.map((flow) => ({
      ...flow,
      declared: { file: 'moved.ts', path: ['uses', 1] },
    }))
    expect(await keyOf({ flows })).toBe(before)
  })

  test.each([
    ['a template', 'charts/demo/templates/map.yaml', 'kind: Secret\n'],
    ['a file that a chart did not have', 'charts/demo/templates/more.yaml', ''],
    ['values', 'argocd/dev/values/a.yaml', 'image: two\n'],
    ['a project', 'argocd/dev/projects/services.yaml', 'kind: AppProject\nspec: {}\n'],
    ['a file that Argo CD did not read', 'argocd/dev/bootstrap.yaml', ''],
  ])('is another with another text of %s', async (_, file, text) => {
    const before = await keyOf()
    await write(file, text)
    const after = await keyOf()
    await write(file, `${text}# more\n`)
    expect(new Set([before, after, await keyOf()]).size).toBe(3)
  })

  test.each([
    ['namespace', 'release: a, chart: demo, purpose: services, namespace: b'],
    ['purpose', 'release: a, chart: demo, purpose: data, namespace: a'],
    ['chart', 'release: a, chart: other, purpose: services, namespace: a'],
  ])('is another with another %s', async (_, release) => {
    await write('charts/other/Chart.yaml', 'name: other\nversion: 0.1.0\n')
    const before = await keyOf()
    await write('argocd/dev/releases.yaml', `kubernetesVersion: 1.36.3\nreleases: [{ ${release} }]\n`)
    expect(await keyOf()).not.toBe(before)
  })

  test('is another for another version of Kubernetes', async () => {
    const before = await keyOf()
    const release = '{ release: a, chart: demo, purpose: services, namespace: a }'
    await write('argocd/dev/releases.yaml', `kubernetesVersion: 1.37.0\nreleases: [${release}]\n`)
    expect(await keyOf()).not.toBe(before)
  })

  test('is another when something else runs of what changes', async () => {
    const untouched = await keyOf()
    await write('argocd/dev/values/a.yaml', 'image: zero\n', join(folder, 'base'))
    const changed = await keyOf()
    await write('argocd/dev/values/a.yaml', 'image: minus one\n', join(folder, 'base'))
    expect(new Set([untouched, changed, await keyOf()]).size).toBe(3)
  })

  test('is another with other flows, ends of the platform or code', async () => {
    const keys = [
      await keyOf(),
      await keyOf({ flows: [] }),
      await keyOf({ platform: [] }),
      await keyOf({ tier: { name: 'production' } as PlatformEnvironment['tier'] }),
      await keyOf({}, ['other code', 'tools']),
    ]
    expect(new Set(keys).size).toBe(keys.length)
  })
})
