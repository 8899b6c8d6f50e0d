import { compileChart, findSkipped, readApiSources } from '@opencore/contract'
import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { loadApiCatalogue } from './load-api-catalogue.ts'

const apis = readFileSync(new URL('../../../contract/apis.yaml', import.meta.url), 'utf8')
const catalogue = await loadApiCatalogue(() => undefined)
/** One kind of each source that an operator answers for. */
const references = [
  'k8s:barmancloud.cnpg.io/v1/ObjectStore#/spec/instanceSidecarConfiguration',
  'k8s:cert-manager.io/v1/Certificate#/spec/privateKey',
  'k8s:kafka.strimzi.io/v1/KafkaNodePool#/spec/template',
  'k8s:postgresql.cnpg.io/v1/Cluster#/spec/affinity',
  'k8s:redis.redis.opstreelabs.in/v1beta2/RedisCluster#/spec/redisLeader',
  'k8s:snapshot.storage.k8s.io/v1/VolumeSnapshotClass#/parameters',
]

describe(loadApiCatalogue, () => {
  it('says of every source that it leaves out why, and what group is missing', () => {
    for (const { group, reason } of catalogue.skipped) {
      expect(reason).not.toBe('')
      expect(group).toBeDefined()
    }
  })

  it('says the group of every source with an address', () => {
    for (const source of readApiSources(apis).filter((source) => 'url' in source)) {
      const groups = catalogue.crds
        .filter((crd) => crd.source === source.name)
        .map(({ manifest }) => (manifest['spec'] as { group: string }).group)
      const skipped = catalogue.skipped.some(({ source: name }) => name === source.name)
      expect(new Set(groups)).toEqual(new Set(skipped ? [] : [source.group]))
    }
  })

  it.for(references)('has what %s refers to', (reference, { skip }) => {
    const lack = findSkipped(catalogue, /^k8s:([^/]+)/.exec(reference)?.[1] ?? '')
    if (lack !== undefined) skip(`needs ${lack}`)
    const field = { description: 'Text.', 'x-opencore-owner': 'platform', examples: [{}], $ref: reference }
    const schema = {
      $schema: 'http://json-schema.org/draft-07/schema#',
      description: 'A chart with one field.',
      type: 'object',
      additionalProperties: false,
      properties: { field },
    }
    const chart = {
      name: 'one',
      version: '1.0.0',
      dependencies: [],
      components: [],
      schemaFile: 'values.schema.yaml',
    }
    const compiled = compileChart({ ...chart, schemaText: JSON.stringify(schema) }, catalogue)
    expect(compiled.ok ? [] : compiled.findings).toEqual([])
  })
})
