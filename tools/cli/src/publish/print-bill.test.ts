import { Ajv } from 'ajv'
import { readFile } from 'node:fs/promises'
import { expect, it } from 'vitest'
import { printBill } from './print-bill.ts'

const digest = `sha256:${'0'.repeat(64)}`
const chart = {
  ...{ name: 'service', version: '1.2.3', type: 'application' as const, folder: 'charts/service' },
  ...{ dependencies: [], components: [], manifest: { name: 'service', version: '1.2.3' } },
}
const images = [
  { repository: 'registry.example.com/b', tag: '2', digest: undefined, cases: ['values.yaml'] },
  {
    repository: 'registry.example.com:5000/a',
    tag: '1',
    digest,
    cases: ['ci/one-values.yaml', 'ci/two-values.yaml'],
  },
]

/** The specification's own schemas come with the library. */
async function readSchema(name: string): Promise<object> {
  const library = import.meta.resolve('@cyclonedx/cyclonedx-library/package.json')
  const file = new URL(`res/schema/${name}.SNAPSHOT.schema.json`, library)
  return JSON.parse(await readFile(file, 'utf8')) as object
}

it('is what the specification of CycloneDX wants', async () => {
  const judge = new Ajv({ strict: false, validateFormats: false })
  for (const name of ['spdx', 'jsf-0.82', 'cryptography-defs'])
    judge.addSchema(
      Object.fromEntries(Object.entries(await readSchema(name)).filter(([key]) => key !== '$id')),
      `http://cyclonedx.org/schema/${name}.SNAPSHOT.schema.json`,
    )
  const accepts = judge.compile(await readSchema('bom-1.6'))
  const bill = JSON.parse(printBill(chart, images, 1_700_000_000)) as object
  expect(accepts(bill), JSON.stringify(accepts.errors)).toBe(true)
  expect(accepts({ ...bill, component: [] })).toBe(false)
})

it('names each image by tag and digest, in one order', () => {
  const text = printBill(chart, images, 1_700_000_000)
  expect(text).toBe(printBill(chart, images.toReversed(), 1_700_000_000))
  expect(JSON.parse(text)).toMatchObject({
    metadata: { timestamp: '2023-11-14T22:13:20.000Z', component: { name: 'service', version: '1.2.3' } },
    components: [
      { purl: 'pkg:oci/b?repository_url=registry.example.com%2Fb&tag=2', version: '2' },
      {
        'bom-ref': `registry.example.com:5000/a:1@${digest}`,
        purl: `pkg:oci/a@sha256%3A${'0'.repeat(64)}?repository_url=registry.example.com%3A5000%2Fa&tag=1`,
      },
    ],
  })
})
