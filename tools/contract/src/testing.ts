import type { ApiCatalogue } from './api-catalogue.ts'
import { joinApiParts } from './api-catalogue.ts'
import type { ChartSource } from './compile-chart.ts'
import { readCrd } from './read-crd.ts'
import { readOpenApi } from './read-openapi.ts'

/** For tests: a catalogue of two small kinds of Kubernetes and one CRD, from the parsed fixtures. */
export function testApis(openapi: unknown, crd: unknown): ApiCatalogue {
  return { ...joinApiParts([readOpenApi(openapi), readCrd(crd)]), crds: [], skipped: [] }
}

/** For tests: a chart by its values.schema.yaml alone. */
export function testChart(schemaText: string, more: Partial<ChartSource> = {}): ChartSource {
  return {
    name: 'demo',
    version: '1.0.0',
    dependencies: [],
    components: [],
    schemaText,
    schemaFile: 'charts/demo/values.schema.yaml',
    ...more,
  }
}
