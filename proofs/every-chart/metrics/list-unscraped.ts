import type { Asked } from './list-queries.ts'
import { readQuery } from './read-query.ts'

/**
 * Matchers whose values no scrape makes, and sums that count twice. promtool compares series as they are written, so a
 * test of such a query passes on series that nobody has.
 */
export function listUnscraped(queries: readonly Asked[]): string[] {
  return queries.flatMap(({ by, text }) =>
    readQuery(text).selectors.flatMap(({ metric, labels, matchers }) => [
      ...matchers.flatMap((matcher) => unscraped(metric, matcher)).map((found) => `${by} asks for ${found}`),
      ...(metric.startsWith('kafka_server_brokertopicmetrics_') && !labels.includes('topic')
        ? [`${by} counts ${metric} twice: as a whole and by topic; want a matcher of topic`]
        : []),
    ]),
  )
}

/** What Prometheus 3 writes otherwise: boundaries are floats, and Kafka has no dot in the topics of its own metrics. */
export function unscraped(metric: string, matcher: string): string[] {
  const [, label = '', value = ''] = /^(\w+)\s*=\s*"(.*)"$/.exec(matcher) ?? []
  if (/^(le|quantile)$/.test(label) && /^-?\d+$/.test(value))
    return [`${metric}{${matcher}}, which is scraped as ${label}="${value}.0"`]
  // Yammer's metrics, those of brokers: https://github.com/apache/kafka, KafkaMetricsGroup.toScope.
  if (label === 'topic' && /^kafka_(server|cluster|log)_/.test(metric) && value.includes('.'))
    return [`${metric}{${matcher}}, which is scraped as topic="${value.replaceAll('.', '_')}"`]
  return []
}
