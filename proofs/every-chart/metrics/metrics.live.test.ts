import { readCharts } from '@opencore/charts'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { glob } from 'tinyglobby'
import { describe, expect, it } from 'vitest'
import { root } from '../../shared/root.ts'
import { renderChartCases } from '../alerts/render-rules.ts'
import { listQueries } from './list-queries.ts'
import { listUnknown } from './list-unknown.ts'
import { listStrangeTopics, listUnscraped } from './list-unscraped.ts'
import { captured, readInventories } from './read-inventories.ts'
import { readQuery } from './read-query.ts'

// A query for what nobody exports is true of everything: an alert that never fires, a panel that is empty.

const inventories = await readInventories()
const charts = (await readCharts(root)).filter(({ type }) => type === 'application')
const cases = (await Promise.all(charts.map(({ folder }) => renderChartCases(root, folder)))).flat()
const asking = cases.filter(({ objects }) => listQueries(objects).length > 0)

describe('rules and dashboards', () => {
  it.each(asking)('of $id ask for what is exported', ({ objects }) => {
    expect([...new Set(listUnknown(listQueries(objects), objects, inventories))]).toEqual([])
  })
  it.each(asking)('of $id ask for values that scrapes make', ({ objects }) => {
    const queries = listQueries(objects)
    expect([...new Set([...listUnscraped(queries), ...listStrangeTopics(queries, objects)])]).toEqual([])
  })

  it('are counted', async () => {
    const queries = new Set(asking.flatMap(({ objects }) => listQueries(objects).map(({ text }) => text)))
    const metrics = new Set(
      [...queries].flatMap((text) => readQuery(text).selectors.map(({ metric }) => metric)),
    )
    const seen = await readInventories(captured)
    const shown = [...metrics].filter((metric) => seen.has(metric))
    console.log(
      `${queries.size} queries ask for ${metrics.size} metrics, ${shown.length} of them captured from what runs`,
    )
    expect(shown.length).toBeGreaterThanOrEqual(50)
  })
})

describe.each(charts)('runbooks of $name', async ({ name, folder }) => {
  const files = await glob(['RUNBOOKS.md', 'docs/runbooks/*.md'], { cwd: join(root, folder), absolute: true })
  const texts = await Promise.all(files.map((file) => readFile(file, 'utf8')))
  const queries = texts.flatMap((text) =>
    [...text.matchAll(/`([^`\n]*\w_\w+\{[^`\n]*)`/g)].map(([, code = '']) => code),
  )
  const objects = cases.filter(({ id }) => id.startsWith(`${name}/`)).flatMap((rendered) => rendered.objects)

  it('ask for what is exported', () => {
    const asked = queries.map((text) => ({ by: 'a runbook', text }))
    expect(listUnknown(asked, objects, inventories)).toEqual([])
  })
})

describe(listUnknown, () => {
  const ask = (text: string) => listUnknown([{ by: 'Alert', text }], [], inventories)

  it.each([
    ['redis_uo{pod="a"} == 0', ['Alert asks for redis_uo']],
    ['redis_up{pot="a"} == 0', ['Alert asks for redis_up{pot}']],
    ['sum by (pool) (redis_up)', ['Alert groups by pool']],
    ['redis_up * on (namespace, uid) kube_pod_info', []],
    ['sum by (exported_namespace) (kube_pod_info{exported_namespace="a"})', []],
    ['label_replace(redis_up, "short", "$1", "pod", "(.*)") * on (short) redis_up', []],
  ])('judges %s', (text, unknown) => {
    expect(ask(text)).toEqual(unknown)
  })

  it('refuses what is no query', () => {
    expect(() => ask('redis_up{')).toThrow('no query: redis_up{')
  })
})

describe(listUnscraped, () => {
  const ask = (text: string) => listUnscraped([{ by: 'Alert', text }])
  const counts = 'kafka_server_brokertopicmetrics_bytesinpersec_total'

  it.each([
    ['a_bucket{le="1"}', ['Alert asks for a_bucket{le="1"}, which is scraped as le="1.0"']],
    ['a{quantile="0"}', ['Alert asks for a{quantile="0"}, which is scraped as quantile="0.0"']],
    ['a_bucket{le="1.0"} or a_bucket{le="+Inf"}', []],
    [`sum(${counts})`, [`Alert counts ${counts} twice: as a whole and by topic; want a matcher of topic`]],
    [`sum(${counts}{topic=""})`, []],
  ])('judges %s', (text, found) => {
    expect(ask(text)).toEqual(found)
  })
})

describe(listStrangeTopics, () => {
  const topic = {
    apiVersion: 'kafka.strimzi.io/v1',
    kind: 'KafkaTopic',
    metadata: { name: 'ledger-entries' },
    spec: { topicName: 'Ledger_Entries' },
  }

  it.each([
    [
      'kafka_cluster_partition_underminisr{topic="a_b"}',
      [
        'Alert asks for kafka_cluster_partition_underminisr of the topic a_b, which nobody makes; dots stay dots',
      ],
    ],
    ['kafka_cluster_partition_underminisr{topic="a.b"} or kafka_consumergroup_lag{topic="a.b"}', []],
    ['kafka_consumergroup_lag{topic="Ledger_Entries"}', []],
    ['kafka_consumergroup_lag{topic="__consumer_offsets"}', []],
  ])('judges %s', (text, found) => {
    expect(listStrangeTopics([{ by: 'Alert', text }], [topic])).toEqual(found)
  })
})
