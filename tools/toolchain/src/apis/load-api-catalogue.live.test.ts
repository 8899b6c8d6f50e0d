import { compileChart } from '@opencore/contract'
import { describe, expect, it } from 'vitest'
import { loadApiCatalogue } from './load-api-catalogue.ts'

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
  it('leaves out no source that can be reached', () => {
    expect(catalogue.skipped).toEqual([])
  })

  it.each(references)('has what %s refers to', (reference) => {
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
