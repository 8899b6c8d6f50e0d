import { ensureTools, workspaceRoot } from '@opencore/toolchain'
import { execa } from 'execa'
import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest'
import { buildDependencies, digestChart, listChartFolders } from '@opencore/charts'
import { readReleases } from './read-releases.ts'
import type { Manifest, RenderRequest } from './render-request.ts'
import { renderReleases } from './render-releases.ts'
import { startRenderer, type Engine } from './start-renderer.ts'
import { toRequests } from './to-requests.ts'

/** A values file of a chart, rendered in a tree where `helm dependency build` was run, and where nothing was. */
interface Case {
  name: string
  chart: string
  file: string
}

const root = workspaceRoot()
const fixtures = path.join(root, 'tools/renderer/testdata/charts')
const scratch = mkdtempSync(path.join(tmpdir(), 'opencore-render-'))
const vendored = (folder: string) => path.join(scratch, path.relative(root, folder))
const report = (line: string) => {
  console.error(line)
}
let tools: Record<string, string>
/** One process for all: what it keeps of one release must not be seen in the next. */
let engine: Engine

const charts = [fixtures, path.join(root, 'charts')].flatMap((folder) =>
  readdirSync(folder).map((name) => path.join(folder, name)),
)
const cases: Case[] = charts.flatMap((chart) => {
  const ci = path.join(chart, 'ci')
  return existsSync(ci)
    ? readdirSync(ci).map((name) => ({
        name: `${path.basename(chart)}/ci/${name}`,
        chart,
        file: path.join(ci, name),
      }))
    : []
})
const onDisk = readReleases(root)
const releases = onDisk.ok ? toRequests(root, onDisk.value) : []

beforeAll(async () => {
  tools = await ensureTools(['renderer', 'helm'], report)
  engine = startRenderer(tools['renderer'] ?? '', 1)
  for (const folder of [fixtures, path.join(root, 'charts')])
    cpSync(folder, vendored(folder), { recursive: true })
  for (const chart of charts) {
    const folders = listChartFolders(scratch, path.relative(root, chart))
    await buildDependencies(scratch, folders, (folder) =>
      execa(tools['helm'] ?? '', ['dependency', 'build', path.join(scratch, folder)]),
    )
  }
})

afterAll(async () => {
  await engine.close()
  rmSync(scratch, { recursive: true })
})

async function helm(request: RenderRequest): Promise<{ manifests?: string; error?: string }> {
  const { chart, release, namespace, kubeVersion } = request
  const flags = ['--skip-tests', '--include-crds', '--namespace', namespace, '--kube-version', kubeVersion]
  const arguments_ = ['template', release, vendored(chart), ...flags, '--values', '-']
  const { failed, stdout, stderr } = await execa(tools['helm'] ?? '', arguments_, {
    input: request.values,
    reject: false,
    stripFinalNewline: false,
  })
  if (!failed) return { manifests: stdout }
  // Log lines come first; the command line names the file, and points to a flag of its own.
  const error =
    /^(?:level=.*\n)*Error: ([^]*?)(\n\nUse --debug flag to render out invalid YAML)?\n$/.exec(stderr)?.[1] ??
    stderr
  return { error: error.replace('failed to parse -:', 'failed to parse values:') }
}

async function ours(requests: RenderRequest[], by = engine) {
  const digested = await Promise.all(
    requests.map(async (one) => ({
      ...one,
      answer: 'objects' as const,
      digest: await digestChart(one.chart),
    })),
  )
  const results = []
  for await (const line of by.render(digested))
    results.push(JSON.parse(line) as { manifests?: string; objects?: Manifest[]; error?: string })
  return results
}

describe('the renderer and `helm template`', () => {
  it.each(cases)('agree to the byte on $name', async ({ chart, file }) => {
    const values = readFileSync(file, 'utf8')
    const request = { id: '', chart, release: 'web', namespace: 'shop', values, kubeVersion: '1.36.3' }
    const [result] = await ours([request])
    const { manifests, error } = result ?? {}
    expect(error === undefined ? { manifests } : { error }).toEqual(await helm(request))
  })

  it.each(releases)('agree to the byte on $id', async (request) => {
    const [result] = await ours([request])
    expect({ manifests: result?.manifests }).toEqual(await helm(request))
  })
})

describe(startRenderer, () => {
  it('answers in the order of the requests', async () => {
    const chart = path.join(fixtures, 'web')
    const names = Array.from({ length: 200 }, (_, index) => `web-${index}`)
    const requests = names.map((release) => ({
      id: release,
      chart,
      release,
      namespace: 'n',
      values: '',
      kubeVersion: '',
    }))
    const several = startRenderer(tools['renderer'] ?? '', names.length)
    onTestFinished(() => several.close())
    const results = await ours(requests, several)
    expect(
      results.map(({ objects }) => objects?.find(({ kind }) => kind === 'Deployment')?.['metadata']),
    ).toEqual(names.map((name) => expect.objectContaining({ name: `${name}-web` }) as unknown))
  })

  it('says what the process said last when it dies', async () => {
    const engine = startRenderer('/bin/false', 1)
    await expect(engine.render([nothing]).next()).rejects.toThrow('the renderer ended with 1 exit code')
  })

  it('says when it cannot be started', async () => {
    const engine = startRenderer(path.join(scratch, 'absent'), 1)
    await expect(engine.render([nothing]).next()).rejects.toThrow('the renderer could not be started')
  })
})

describe(renderReleases, () => {
  it('renders again when a template changes, and from the cache when nothing does', async () => {
    const copy = path.join(scratch, 'edited')
    cpSync(fixtures, copy, { recursive: true })
    const release = `web-${Date.now()}`
    const request = {
      id: 'a',
      chart: path.join(copy, 'web'),
      release,
      namespace: 'n',
      values: '',
      kubeVersion: '',
    }
    const render = async () => {
      const results = []
      for await (const result of renderReleases([request], report)) results.push(result)
      return results
    }
    const first = await render()
    expect(await render()).toEqual(first)
    const template = path.join(copy, 'base/templates/_names.tpl')
    writeFileSync(template, readFileSync(template, 'utf8').replace('%s-%s', '%s--%s'))
    expect((await render())[0]?.manifests).toContain(`${release}--web`)
  })
})

const nothing = {
  id: '',
  chart: '',
  digest: '',
  answer: 'objects' as const,
  release: '',
  namespace: '',
  values: '',
  kubeVersion: '',
}
