import { isComponent, readCharts } from '@opencore/charts'
import { renderReleases } from '@opencore/renderer'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { root } from '../shared/root.ts'

// A key `<<` is text to who reads values, and a merge of two maps to who reads what Helm writes of them.

const charts = (await readCharts(root)).filter(isComponent)
const release = { release: 'example', namespace: 'default', kubeVersion: '' }

it.each(charts)('chart $name refuses a key that YAML would merge by its place', async ({ name, folder }) => {
  const chart = join(root, folder)
  const request = { id: name, chart, ...release, values: `commonLabels: { '<<': ledger }` }
  for await (const { error = '' } of renderReleases([request], () => undefined))
    expect(error).toContain(
      `): ${name}: commonLabels.<< is a key that YAML takes for a merge of two maps; want a name; rename it`,
    )
})
