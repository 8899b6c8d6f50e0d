import { buildDependencies, digestChart, listChartFolders } from '@opencore/charts'
import { ensureTools, workspaceRoot } from '@opencore/toolchain'
import { execa } from 'execa'
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { globSync } from 'tinyglobby'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { readReleases } from './read-releases.ts'
import type { AnswerKind, LintMessage, RenderRequest } from './render-request.ts'
import { startRenderer, type Engine } from './start-renderer.ts'
import { toRequests } from './to-requests.ts'

const root = workspaceRoot()
const scratch = mkdtempSync(path.join(tmpdir(), 'opencore-lint-test-'))
let tools: Record<string, string>
let engine: Engine

/** A good chart; each bad one has other files. */
const good = {
  'Chart.yaml': 'apiVersion: v2\nname: demo\nversion: 0.1.0\n',
  'values.yaml': 'name: a\nnested: { one: 1, two: 2 }\n',
  'values.schema.json': '{"properties": {"name": {"type": "string"}, "nested": {"required": ["one"]}}}',
  'templates/a.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: {{ .Values.name }} }\n',
}
interface Case {
  files?: Record<string, string | undefined>
  values?: string
}
const bad: Record<string, Case> = {
  'nothing wrong': {},
  'a value of another type': { values: 'name: 1\n' },
  'a value that null takes away': { values: 'nested: { one: null }\n' },
  'a template that cannot be executed': { values: 'name: [1]\n', files: { 'values.schema.json': undefined } },
  'no templates': { files: { 'templates/a.yaml': undefined } },
  'no values.yaml': { files: { 'values.yaml': undefined } },
  'a values.yaml that is no YAML': { files: { 'values.yaml': 'a: [' } },
  'a schema that is none': { files: { 'values.schema.json': '{"type": 3}' } },
  'no name': { files: { 'Chart.yaml': 'apiVersion: v2\nversion: 0.1.0\n' } },
  'a manifest with much that is wrong': {
    files: {
      'Chart.yaml':
        'apiVersion: v2\nname: demo\nversion: v1\nappVersion: 2.0\nicon: none\nunknown: 1\nsources: [here]\nmaintainers: [{ name: a, email: b }]\n',
    },
  },
  'a dependency that is in no folder': {
    files: {
      'Chart.yaml': `${good['Chart.yaml']}dependencies: [{ name: other, version: 1.0.0, repository: 'https://charts.example.com' }]\n`,
    },
  },
  'a chart that no one depends on': {
    files: { 'charts/other/Chart.yaml': 'apiVersion: v2\nname: other\nversion: 1.0.0\n' },
  },
  'an API that is gone': {
    files: {
      'templates/a.yaml': 'apiVersion: policy/v1beta1\nkind: PodDisruptionBudget\nmetadata: { name: a }\n',
    },
  },
  'a name that Kubernetes refuses': { values: 'name: A_B\n' },
  'no selector': {
    files: { 'templates/b.yaml': 'apiVersion: apps/v1\nkind: Deployment\nmetadata: { name: a }\n' },
  },
  'a first line that is indented': { files: { 'templates/b.yaml': '  kind: A\n  metadata: { name: a }\n' } },
  'what is rendered is no YAML': { files: { 'templates/b.yaml': 'a: b: c\n' } },
  'a file of another kind': { files: { 'templates/b.md': 'text\n' } },
  'a definition that is none': {
    files: { 'crds/a.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: a }\n' },
  },
}
const releases = readReleases(root)
const ofCharts = globSync('{charts,tools/renderer/testdata/charts}/*/ci/*-values.yaml', { cwd: root }).map(
  (file) => ({
    name: file,
    chart: path.join(root, path.dirname(path.dirname(file))),
    values: readFileSync(path.join(root, file), 'utf8'),
  }),
)
/** One environment has every chart. */
const ofDev = releases.ok ? releases.value.filter(({ environment }) => environment === 'dev') : []
const rendered = toRequests(root, ofDev)
const ofReleases = rendered.map(({ id, chart, values }) => ({
  name: id,
  chart,
  values,
}))

beforeAll(async () => {
  tools = await ensureTools(['renderer', 'helm'], (line) => {
    console.error(line)
  })
  engine = startRenderer(tools['renderer'] ?? '', 1)
})

afterAll(async () => {
  await engine.close()
  rmSync(scratch, { recursive: true })
})

/** What the real `helm lint --strict` prints, and whether it is content. */
async function helm(chart: string, values: string) {
  const { exitCode, stdout, stderr } = await execa(
    tools['helm'] ?? '',
    ['lint', '--strict', chart, '--values', '-'],
    { input: values, reject: false },
  )
  const messages = stdout.replace(/^==> Linting .*/, '').replace(/\d+ chart\(s\) linted.*$/, '')
  // Values that are no YAML end it before it says anything of the chart.
  const text = stdout === '' ? stderr.replace('Error: failed to parse -', 'failed to parse values') : messages
  return { text: text.trim(), refused: exitCode !== 0 }
}

/** The same of the engine's messages. */
async function ours(chart: string, values: string, digest: string) {
  const whole = { id: '', chart, digest, values, release: '', namespace: '', kubeVersion: '' }
  const { messages = [], error } = await ask(whole, digest, 'lint')
  const lines = messages.map(({ severity, path, text }) => `[${severity.toUpperCase()}] ${path}: ${text}`)
  return {
    text: error ?? lines.join('\n').trim(),
    refused: error !== undefined || messages.some(({ severity }) => severity !== 'info'),
  }
}

/** The good chart with other files. */
function write(name: string, files: Record<string, string | undefined> = {}): string {
  const chart = path.join(scratch, name, 'demo')
  const written: Record<string, string | undefined> = { ...good, ...files }
  for (const [file, text] of Object.entries(written)) {
    if (text === undefined) continue
    mkdirSync(path.dirname(path.join(chart, file)), { recursive: true })
    writeFileSync(path.join(chart, file), text)
  }
  return chart
}

async function ask(request: RenderRequest, digest: string, answer: AnswerKind): Promise<Answer> {
  let line = ''
  for await (const said of engine.render([{ ...request, digest, answer }])) line = said
  return JSON.parse(line) as Answer
}

interface Answer {
  id: number
  messages?: LintMessage[]
  error?: string
}

/** A copy of a chart where `helm dependency build` was run; the engine needs none. */
async function build(chart: string): Promise<string> {
  const copy = path.join(scratch, 'built', path.basename(chart))
  const built = path.join(copy, path.basename(chart))
  if (existsSync(built)) return built
  const folders = listChartFolders(path.dirname(chart), path.basename(chart))
  for (const folder of folders)
    cpSync(path.join(chart, '..', folder), path.join(copy, folder), { recursive: true })
  await buildDependencies(copy, folders, (folder) =>
    execa(tools['helm'] ?? '', ['dependency', 'build', path.join(copy, folder)]),
  )
  return built
}

describe('the engine and `helm lint --strict`', () => {
  it.each(Object.entries(bad))('say the same of a chart with %s', async (name, { files, values = '' }) => {
    const chart = write(name, files)
    expect(await ours(chart, values, name)).toEqual(await helm(chart, values))
  })

  it.each([...ofCharts, ...ofReleases])('say the same of $name', async ({ chart, values }) => {
    expect(await ours(chart, values, await digestChart(chart))).toEqual(
      await helm(await build(chart), values),
    )
  })
})

describe('what the linter says of what was rendered', () => {
  const changed: Record<string, Case> = {
    ...bad,
    'a first line that is indented, and one line': {
      files: { 'templates/b.yaml': '  { kind: A, apiVersion: v1, metadata: { name: a } }\n' },
    },
    'a file of another kind that is YAML': {
      files: { 'templates/b.md': 'kind: A\nmetadata: { name: a }\n' },
    },
    'a list with an annotation in vain': {
      files: {
        'templates/a.yaml':
          'apiVersion: v1\nkind: List\nitems: [{ metadata: { name: b, annotations: { helm.sh/resource-policy: keep } } }]\n',
      },
    },
    'braces in what is rendered, and a name that is refused': {
      files: {
        'templates/a.yaml': `kind: ConfigMap\nmetadata: { name: A_B }\ndata: { text: '{{ "{{ .Values.none.at.all }}" }}' }\n`,
      },
    },
  }
  const unrendered: string[] = []

  it.each(Object.entries(changed))(
    'is what it says of %s when it renders itself',
    async (name, { files, values = '' }) => {
      const chart = write(`rendered: ${name}`, files)
      const whole = { id: '', chart, values, release: 'a', namespace: 'b', kubeVersion: '' }
      if (!(await compare(whole, name))) unrendered.push(name)
    },
  )

  it('is nothing where nothing is rendered', () => {
    expect(unrendered).toEqual([
      'a value of another type',
      'a value that null takes away',
      'a template that cannot be executed',
      'a values.yaml that is no YAML',
      'a schema that is none',
      'no name',
      'a dependency that is in no folder',
      'a first line that is indented',
      'what is rendered is no YAML',
      'a file of another kind',
    ])
  })

  it.each(rendered)('is what it says of $id when it renders itself', async (request) => {
    expect(await compare(request, await digestChart(request.chart))).toBe(true)
  })

  /** Whether the release renders: what does not is for the linter to render, which lets templates refuse values. */
  async function compare(request: RenderRequest, digest: string): Promise<boolean> {
    const objects = await ask(request, digest, 'objects')
    const linted = await ask(request, digest, 'linted')
    const { messages } = await ask(request, digest, 'lint')
    const renders = objects.error === undefined
    expect(linted).toEqual({ ...objects, ...(renders && { messages }), id: linted.id })
    return renders
  }
})
