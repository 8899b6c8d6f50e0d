import type { Manifest } from '@opencore/renderer'
import type { Example, Examples, Series } from './example.ts'
import { readRuleGroups, type Rule, type RuleFile } from './rule-file.ts'
import { findLabels, readSelector, toInputSeries, type InputSeries, type LabelsOf } from './series.ts'

/** A test of `promtool test rules` (https://prometheus.io/docs/prometheus/latest/configuration/unit_testing_rules/). */
interface PromtoolTest {
  name: string
  interval: string
  input_series: InputSeries[]
  alert_rule_test: { eval_time: string; alertname: string; exp_alerts: ExpectedAlert[] }[]
}

interface ExpectedAlert {
  exp_labels: Record<string, string>
  exp_annotations: Record<string, string>
}

/** An example as a test file, and the rules that take part: the alert's own, and those that it reads. */
export interface PromtoolFiles {
  name: string
  rules: RuleFile
  test: { evaluation_interval: string; tests: PromtoolTest[] }
}

/** promtool's files for the examples of a case, whose objects are given. */
export function toPromtoolFiles(objects: readonly Manifest[], examples: Examples): PromtoolFiles[] {
  const labelsOf = findLabels(objects, examples.scrapes)
  const groups = readRuleGroups(objects)
  return Object.entries(examples.alerts).flatMap(([alert, some]) => {
    const rule = groups.flatMap(({ rules }) => rules).find((one) => one.alert === alert)
    if (!rule) throw new Error(`case ${examples.name} renders no alert ${alert}`)
    const picked = groups.map(({ name, rules }) => ({
      name,
      rules: rules.filter((one) => one === rule || isReadBy(rule, one)),
    }))
    return some.map((example, index) => ({
      name: `${examples.name}.${alert}.${index}`,
      rules: { groups: picked.filter(({ rules }) => rules.length > 0) },
      test: { evaluation_interval: example.every ?? '1m', tests: toTests(rule, example, labelsOf) },
    }))
  })
}

function isReadBy(rule: Rule, { record, labels = {} }: Rule): boolean {
  const own = Object.entries(labels).every(([key, value]) => rule.labels?.[key] === value)
  return record !== undefined && rule.expr.includes(`${record}{`) && own
}

/** Silent a step before, firing then, and silent on its quiet series. */
function toTests(rule: Rule, example: Example, labelsOf: LabelsOf): PromtoolTest[] {
  const alertname = rule.alert ?? ''
  const interval = example.every ?? '1m'
  const [minutes, step] = [readMinutes(example.fires), readMinutes(interval)]
  const at = (minute: number, exp_alerts: ExpectedAlert[]) => ({
    eval_time: `${minute}m`,
    alertname,
    exp_alerts,
  })
  const test = (name: string, series: Series, ...alert_rule_test: PromtoolTest['alert_rule_test']) => ({
    name: `${alertname} ${name}`,
    interval,
    input_series: toInputSeries(series, labelsOf, minutes / step),
    alert_rule_test,
  })
  const before = minutes > 0 ? [at(minutes - step, [])] : []
  const fires = at(minutes, [expectAlert(rule, example, labelsOf)])
  return [
    test(`fires after ${example.fires}`, example.series, ...before, fires),
    ...[example.quiet].flat().map((series) => test('is quiet', series, at(minutes, []))),
  ]
}

function expectAlert(rule: Rule, example: Example, labelsOf: LabelsOf): ExpectedAlert {
  const [first = ''] = Object.keys(example.series)
  const { summary, description } = example
  const labels = { ...(example.labels ?? readSelector(first, labelsOf).labels), ...rule.labels }
  return {
    // By an empty label, a rule takes away what its expression brings.
    exp_labels: Object.fromEntries(Object.entries(labels).filter(([, value]) => value !== '')),
    exp_annotations: {
      ...rule.annotations,
      ...(summary && { summary }),
      ...(description && { description }),
    },
  }
}

function readMinutes(duration: string): number {
  const units: Record<string, number> = { m: 1, h: 60, d: 1440 }
  const parts = [...duration.matchAll(/(\d+)([mhd])/g)]
  if (parts.map(([part]) => part).join('') !== duration)
    throw new Error(`${duration} is no time in m, h and d, such as 1h30m`)
  return parts.reduce((sum, [, count, unit = '']) => sum + Number(count) * (units[unit] ?? 0), 0)
}
