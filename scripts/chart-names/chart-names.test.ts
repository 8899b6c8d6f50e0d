import { workspaceRoot } from '@opencore/toolchain'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { globSync } from 'tinyglobby'
import { describe, expect, it } from 'vitest'
import { findChartNames } from './find-chart-names.ts'

const root = workspaceRoot()
const list = (...patterns: string[]) => globSync(patterns, { cwd: root }).sort()
const charts = list('charts/*/Chart.yaml').map((file) => file.split('/')[1] ?? '')

/** Names of charts that are words of the model as well, so that a source may say them. */
const nouns: Readonly<Record<string, string>> = {
  common: 'a library without releases, and an ordinary word',
  foundation: 'a purpose that a Chart.yaml states: what its releases make is there before all else',
  mesh: 'what the definition of an environment says in `mesh`',
  service: 'what teams define in environments/services/, and a noun of the command line',
}

/** Sources that say the name of a chart and mean something else. */
const others: Readonly<Record<string, string>> = {
  'tools/cluster/src/argocd/argocd-processes.ts': 'the cache of Argo CD, which has a flag of that name',
  'tools/cluster/src/platform/ports.ts': 'the port of that cache',
  'tools/cluster/src/platform/start-hub.ts': 'the port of that cache',
  'tools/drills/src/stage/archive.ts': 'the container of the program, and its own database',
  'tools/nodes/src/images/postgres-image.ts': 'the program, and the user that it runs as',
}

/** What may name charts: the files of kinds, and tests with what they alone use. */
const free = [
  'tools/model/src/parts/**',
  '**/*.test.ts',
  '**/{e2e,fixtures,generated,test-support,testing}/**',
  'tools/servers/**',
  '**/node_modules/**',
]
const sources = list('{tools/*/src,scripts,bin}/**/*.{ts,mjs}', ...free.map((each) => `!${each}`))

describe('a chart is named by its own file in tools/model/src/parts/ and no other source', () => {
  it('so that a new one needs no other', () => {
    const named = charts.filter((chart) => !(chart in nouns))
    const found = sources
      .flatMap((file) => findChartNames(file, readFileSync(join(root, file), 'utf8'), named))
      .filter(({ file }) => !(file in others))
      .map(
        ({ file, line, chart }) =>
          `${file}:${line} names the chart ${chart}: make it a question that tools/model/src/parts/${chart}.ts answers`,
      )
    expect(found).toEqual([])
  })

  it('and whatever is left out of this is there', () => {
    expect(charts).toEqual(expect.arrayContaining(Object.keys(nouns)))
    const inVain = Object.keys(others).filter(
      (file) => findChartNames(file, readFileSync(join(root, file), 'utf8'), charts).length === 0,
    )
    expect(inVain).toEqual([])
  })
})

describe(findChartNames, () => {
  it.each([
    "if (chart === 'kafka') return",
    'const looks = { kafka: 1 }',
    'const kinds = { kafka }',
    'const used = uses.kafka',
    'type Kinds = { kafka: string }',
    'const text = `a topic of kafka, ${name}`',
    "const groups = ['kafka.strimzi.io']",
    'const kind = /^kafka$/',
  ])('finds %s', (text) => {
    expect(findChartNames('a.ts', `\n${text}`, ['redis', 'kafka'])).toEqual([
      { chart: 'kafka', file: 'a.ts', line: 2 },
    ])
  })

  it.each([
    "import { kafka } from './kafka.ts'",
    '// kafka',
    "const command = '--kafka kafka-topics'",
    'const kafka = 1',
    "const name = 'Kafka'",
  ])('passes over %s', (text) => {
    expect(findChartNames('a.ts', text, ['kafka'])).toEqual([])
  })
})
