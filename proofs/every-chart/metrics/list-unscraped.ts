import type { Manifest } from '@opencore/renderer'
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

/** What Prometheus 3 writes otherwise: boundaries are floats. */
export function unscraped(metric: string, matcher: string): string[] {
  const [, label = '', value = ''] = readEquality(matcher)
  if (/^(le|quantile)$/.test(label) && /^-?\d+$/.test(value))
    return [`${metric}{${matcher}}, which is scraped as ${label}="${value}.0"`]
  return []
}

/**
 * Topics with underscores that nobody makes. Until 0.3.0 the reporter of Strimzi told brokers' own metrics so, with
 * underscores for the dots of a name; Kafka Exporter never did, and since 0.4.0 all have the topic's own name.
 */
export function listStrangeTopics(queries: readonly Asked[], objects: readonly Manifest[]): string[] {
  const topics = objects.filter(({ kind }) => kind === 'KafkaTopic').map(({ spec }) => spec as KafkaTopic)
  const made = new Set(topics.map(({ topicName }) => topicName))
  return queries.flatMap(({ by, text }) =>
    readQuery(text).selectors.flatMap(({ metric, matchers }) =>
      matchers.flatMap((matcher) => {
        const [, label, value = ''] = readEquality(matcher)
        const isStrange = label === 'topic' && /^[^_].*_/.test(value) && !made.has(value)
        return isStrange
          ? [`${by} asks for ${metric} of the topic ${value}, which nobody makes; dots stay dots`]
          : []
      }),
    ),
  )
}

interface KafkaTopic {
  topicName: string
}

const readEquality = (matcher: string) => /^(\w+)\s*=\s*"(.*)"$/.exec(matcher) ?? []
