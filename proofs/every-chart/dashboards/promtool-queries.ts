import type { Manifest } from '@opencore/renderer'
import { readRuleGroups, type RuleFile } from '../alerts/rule-file.ts'
import { toInputSeries, type InputSeries, type LabelsOf } from '../alerts/series.ts'
import type { Series } from '../alerts/example.ts'
import type { Asked } from './read-dashboards.ts'

/** A test of `promtool test rules` that asks queries. */
interface QueryTest {
  name: string
  interval: string
  input_series: InputSeries[]
  promql_expr_test: { expr: string; eval_time: string; exp_samples: { labels: string; value: number }[] }[]
}

/** Rules of a release, and queries that are asked after they were evaluated. */
export interface QueryFiles {
  rules: RuleFile
  test: { evaluation_interval: string; tests: QueryTest[] }
}

/** Long enough for the rates of an hour, short enough for hundreds of queries. */
const MINUTES = 90

/** promtool's files that fail where a query has no sample, though everything that the release exports is there. */
export function toQueryFiles(
  objects: readonly Manifest[],
  queries: readonly Asked[],
  series: Series,
  labelsOf: LabelsOf,
): QueryFiles {
  const input_series = toInputSeries(series, labelsOf, MINUTES)
  return {
    rules: { groups: readRuleGroups(objects) },
    test: {
      evaluation_interval: '1m',
      tests: queries.map(({ by, text }) => ({
        name: by,
        interval: '1m',
        input_series,
        promql_expr_test: [
          {
            expr: `count(${text}) > bool 0`,
            eval_time: `${MINUTES}m`,
            exp_samples: [{ labels: '{}', value: 1 }],
          },
        ],
      })),
    },
  }
}
