import type { Manifest } from '@opencore/renderer'
import { unscraped } from '../metrics/list-unscraped.ts'
import type { Example, Examples, Series } from './example.ts'
import { readRuleFiles, type Rule, type RuleFile } from './rule-file.ts'
import { scrapeLabels } from './scrape-labels.ts'

/** A test of `promtool test rules` (https://prometheus.io/docs/prometheus/latest/configuration/unit_testing_rules/). */
interface PromtoolTest {
  name: string
  interval: string
  input_series: { series: string; values: string }[]
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

type LabelsOf = (metric: string) => Record<string, string>

/** promtool's files for the examples of a case, whose objects are given. */
export function toPromtoolFiles(objects: readonly Manifest[], examples: Examples): PromtoolFiles[] {
  const scrapes = Object.entries(examples.scrapes).map(
    ([start, scrape]) => [start, scrapeLabels(objects, scrape)] as const,
  )
  const labelsOf: LabelsOf = (metric) => scrapes.find(([start]) => metric.startsWith(start))?.[1] ?? {}
  // Labels of a group are said once more by its rules, which changes nothing.
  const groups = readRuleFiles(objects).flatMap((file) =>
    file.groups.map(({ name, labels, rules }) => ({
      name,
      rules: rules.map((rule) => ({ ...rule, labels: { ...labels, ...rule.labels } })),
    })),
  )
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
    input_series: Object.entries(series).map(([selector, values]) => ({
      series: writeSelector(readSelector(selector, labelsOf)),
      values: prolong(String(values), minutes / step),
    })),
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
  return {
    exp_labels: { ...(example.labels ?? readSelector(first, labelsOf).labels), ...rule.labels },
    exp_annotations: {
      ...rule.annotations,
      ...(summary && { summary }),
      ...(description && { description }),
    },
  }
}

/** Name and labels of a series. Throws for one that no scrape makes: promtool would take it. */
function readSelector(selector: string, labelsOf: LabelsOf) {
  const [, name = '', own = ''] = /^(\w+)(?:\{(.*)\})?$/.exec(selector) ?? []
  if (name === '') throw new Error(`no series: ${selector}`)
  const labels = [...own.matchAll(/(\w+)="([^"]*)"/g)].map(([, key = '', value = '']) => [key, value])
  const strange = own.split(',').flatMap((matcher) => unscraped(name, matcher))
  if (strange.length > 0) throw new Error(strange.join('; '))
  return { name, labels: { ...labelsOf(name), ...(Object.fromEntries(labels) as Record<string, string>) } }
}

function writeSelector({ name, labels }: ReturnType<typeof readSelector>): string {
  const matchers = Object.entries(labels).map(([key, value]) => `${key}=${JSON.stringify(value)}`)
  return `${name}{${matchers.join(',')}}`
}

/** Nobody counts steps: the last value, or the last growth (`0+60`), goes on to the end. */
function prolong(values: string, steps: number): string {
  return /(_|stale|x\d+)$/.test(values) ? values : `${values}x${steps + 1}`
}

function readMinutes(duration: string): number {
  const units: Record<string, number> = { m: 1, h: 60, d: 1440 }
  const parts = [...duration.matchAll(/(\d+)([mhd])/g)]
  if (parts.map(([part]) => part).join('') !== duration)
    throw new Error(`${duration} is no time in m, h and d, such as 1h30m`)
  return parts.reduce((sum, [, count, unit = '']) => sum + Number(count) * (units[unit] ?? 0), 0)
}
