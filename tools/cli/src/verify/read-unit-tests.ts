import type { Finding } from '@opencore/contract'
import { XMLParser } from 'fast-xml-parser'

/** How the suites of one chart ended. */
export interface UnitTests {
  passed: number
  failed: number
  findings: Finding[]
}

interface Suite {
  '@name': string
  collection?: { test?: Test[] }[]
}

interface Test {
  '@name': string
  '@result': string
  failure?: { 'stack-trace'?: string; message?: string }
}

const parser = new XMLParser({
  ignoreAttributes: false,
  attributeNamePrefix: '@',
  parseTagValue: false,
  isArray: (name) => ['assembly', 'collection', 'test'].includes(name),
})

/** Read helm-unittest's XUnit file: counts, and a finding for every test that failed, at the file of its suite. */
export function readUnitTests(xml: string): UnitTests {
  const { assemblies } = parser.parse(xml) as { assemblies?: { assembly?: Suite[] } | '' }
  const suites = typeof assemblies === 'object' ? (assemblies.assembly ?? []) : []
  const tests = suites.flatMap((suite) =>
    (suite.collection ?? []).flatMap(({ test = [] }) =>
      test.map((item) => ({ file: suite['@name'], test: item })),
    ),
  )
  const failed = tests.filter(({ test }) => test['@result'] === 'Fail')
  return {
    passed: tests.filter(({ test }) => test['@result'] === 'Pass').length,
    failed: failed.length,
    findings: failed.map(({ file, test }) => ({
      code: 'CHART_TEST_FAILED',
      severity: 'error',
      at: { file },
      found: `"${test['@name']}" failed: ${squeeze(test.failure?.['stack-trace'] ?? test.failure?.message ?? '')}`,
      wanted: 'a test that passes',
      next: 'correct the template, or the test if the change was meant',
    })),
  }
}

/** The tool's indented block as lines without the empty ones. */
function squeeze(text: string): string {
  const lines = text.split('\n').map((line) => line.trim().replaceAll(/\s+/g, ' '))
  return lines.filter((line) => line !== '').join('\n    ')
}
