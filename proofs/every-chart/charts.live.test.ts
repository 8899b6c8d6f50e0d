import {
  groupOf,
  manifestKindKey,
  mergeValues,
  nestAt,
  printYaml,
  readContract,
  type JsonObject,
  type JsonSchema,
} from '@opencore/contract'
import { readChart } from '@opencore/model'
import { loadApiCatalogue } from '@opencore/toolchain/apis'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { root } from '../shared/root.ts'
import { renderReleases } from '@opencore/renderer'
import { isComponent, readCharts } from '@opencore/charts'
import { requestCases } from '../shared/request-cases.ts'

const charts = (await readCharts(root)).filter(({ type }) => type === 'application')
const silent = () => undefined

describe.each(charts)('chart $name', (chart) => {
  const { name, folder, manifest } = chart
  const request = (id: string, values: string) => ({
    id,
    chart: join(root, folder),
    release: 'example',
    namespace: 'default',
    values,
    kubeVersion: '',
  })

  it('has no dead value: every example changes what is rendered', async () => {
    const schema = JSON.parse(await readFile(join(root, folder, 'values.schema.json'), 'utf8')) as JsonSchema
    // `helm test` pods are not rendered for Argo CD; the chart's own suite covers the values of theirs.
    const leaves = readContract(name, schema).leaves.filter(({ pointer }) => !pointer.startsWith('/tests/'))
    const examples = leaves.flatMap(({ pointer, examples, with: needed }) =>
      examples.map((example, index) => ({
        id: `${pointer} ${index}`,
        needed,
        set: nestAt(pointer, example) as JsonObject,
      })),
    )
    expect(examples.length).toBeGreaterThan(0)
    const requests = examples.flatMap(({ id, needed, set }) => [
      request(`${id} without`, printYaml(needed)),
      request(`${id} with`, printYaml(mergeValues(needed, set))),
    ])
    const manifests: (string | undefined)[] = []
    for await (const { id, manifests: text, error } of renderReleases(requests, silent)) {
      // What the chart refuses to go without is not dead.
      if (id.endsWith(' with')) expect(error, id).toBeUndefined()
      manifests.push(text)
    }
    const dead = examples.filter((_, index) => manifests[2 * index] === manifests[2 * index + 1])
    expect(dead.map(({ id }) => id)).toEqual([])
  })

  it('has a runbook for every alert that its cases render', async () => {
    const runbooks = new Set<string>()
    for await (const { manifests = '' } of renderReleases(
      await requestCases(root, folder, 'default'),
      silent,
    ))
      for (const [, path = ''] of manifests.matchAll(/runbook_url: \S+?\/blob\/main\/([^\s"']+)/g))
        runbooks.add(path)
    for (const runbook of runbooks) {
      const [file = '', anchor] = runbook.split('#')
      const text = await readFile(join(root, file), 'utf8')
      const headings = [...text.matchAll(/^#+ (.+)$/gm)].map(([, heading = '']) => heading)
      const anchors = headings.map((heading) => heading.toLowerCase().replaceAll(' ', '-'))
      if (anchor !== undefined) expect(anchors, runbook).toContain(anchor)
    }
  })

  // Argo CD never sees an umbrella, so no project has to let its kinds through.
  it.runIf(isComponent(chart))('names in Chart.yaml exactly the kinds that its cases render', async () => {
    const { kinds } = await loadApiCatalogue(silent)
    const rendered = { namespaced: new Set<string>(), cluster: new Set<string>() }
    for await (const { objects = [] } of renderReleases(await requestCases(root, folder, 'default'), silent))
      for (const { apiVersion, kind } of objects) {
        const scope = kinds[manifestKindKey({ apiVersion, kind })]?.namespaced ? 'namespaced' : 'cluster'
        rendered[scope].add(`${groupOf({ apiVersion })}/${kind}`)
      }
    const { namespaced, cluster } = readChart(manifest, readContract(name, {})).kinds
    const names = (list: typeof namespaced) => list.map(({ group, kind }) => `${group}/${kind}`).sort()
    expect(names(namespaced)).toEqual([...rendered.namespaced].sort())
    expect(names(cluster)).toEqual([...rendered.cluster].sort())
  })
})
