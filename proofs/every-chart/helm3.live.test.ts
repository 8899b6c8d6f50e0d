import { cached, ensureTools } from '@opencore/toolchain'
import { execa } from 'execa'
import { cp, mkdtemp, readFile, rm } from 'node:fs/promises'
import { availableParallelism, tmpdir } from 'node:os'
import { join } from 'node:path'
import pLimit from 'p-limit'
import { glob } from 'tinyglobby'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { parseAllDocuments } from 'yaml'
import { root } from '../shared/root.ts'
import { renderReleases } from '@opencore/renderer'
import { buildDependencies, digestChart, digestTexts, listChartFolders, readCharts } from '@opencore/charts'

// Charts are for users of Helm 3, too, whose engine merges and coalesces values by other code than Helm 4's.

const charts = (await readCharts(root)).filter(({ type }) => type === 'application')
const release = { release: 'example', namespace: 'default', kubeVersion: '1.36.3' }
const silent = () => undefined
const limit = pLimit(availableParallelism())
/** A copy of the charts, each with its dependencies inside, as a package has them. */
let scratch = ''
let helm3 = ''

// Helm 3 is built for this test alone, once: about 80 s.
beforeAll(async () => {
  const tools = await ensureTools(['helm', 'helm3'], console.error)
  helm3 = tools['helm3'] ?? ''
  const { helm = '' } = tools
  scratch = await mkdtemp(join(tmpdir(), 'opencore-helm3-'))
  await cp(join(root, 'charts'), join(scratch, 'charts'), { recursive: true })
  for (const { folder } of charts)
    await buildDependencies(scratch, listChartFolders(scratch, folder), (dependent) =>
      execa(helm, ['dependency', 'build', join(scratch, dependent)]),
    )
})
afterAll(() => rm(scratch, { recursive: true, force: true }))

describe.each(charts)('chart $name', ({ folder }) => {
  it('renders each case the same with Helm 3 and Helm 4', async () => {
    const files = (await glob(`${folder}/ci/*-values.yaml`, { cwd: root })).sort()
    expect(files.length).toBeGreaterThan(0)
    const chart = join(root, folder)
    const texts = await Promise.all(files.map((file) => readFile(join(root, file), 'utf8')))
    const requests = files.map((id, index) => ({ id, chart, ...release, values: texts[index] ?? '' }))
    const digest = await digestChart(chart)
    const byHelm3 = requests.map(({ values }) => {
      const key = digestTexts(['helm3', helm3, digest, JSON.stringify(release), values])
      return limit(() => cached(key, () => renderByHelm3(folder, values)))
    })
    for await (const { id, objects, error } of renderReleases(requests, silent)) {
      expect(error, id).toBeUndefined()
      const { value } = (await byHelm3[files.indexOf(id)]) ?? {}
      expect(value, id).toEqual(JSON.parse(JSON.stringify(objects)))
    }
  })
})

/** The objects of `helm template`, as our own renderer gives them. */
async function renderByHelm3(folder: string, values: string): Promise<unknown[]> {
  const { namespace, kubeVersion } = release
  const { stdout } = await execa(
    helm3,
    [
      ...['template', release.release, join(scratch, folder), '--namespace', namespace],
      ...['--kube-version', kubeVersion, '--skip-tests', '--include-crds', '--values', '-'],
    ],
    { input: values },
  )
  return parseAllDocuments(stdout, { version: '1.1' }).flatMap(
    (document) => (document.toJS() as unknown) ?? [],
  )
}
