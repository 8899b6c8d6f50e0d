import type { Manifest } from '@opencore/renderer'

/** A rule as Prometheus reads it (https://prometheus.io/docs/prometheus/latest/configuration/alerting_rules/). */
export interface Rule {
  alert?: string
  record?: string
  expr: string
  for?: string
  labels?: Record<string, string>
  annotations?: Record<string, string>
}

/** What Prometheus' operator writes into a rule file for a PrometheusRule: its `spec`. */
export interface RuleFile {
  groups: RuleGroup[]
}

interface RuleGroup {
  name: string
  /** Labels of all its rules; those of a rule win. */
  labels?: Record<string, string>
  rules: Rule[]
}

/** The rule files of the objects of a release. */
export function readRuleFiles(objects: readonly Manifest[]): RuleFile[] {
  return objects.filter(({ kind }) => kind === 'PrometheusRule').map(({ spec }) => spec as RuleFile)
}

/** The groups of them. Labels of a group are said once more by its rules, which changes nothing. */
export function readRuleGroups(objects: readonly Manifest[]): { name: string; rules: Rule[] }[] {
  return readRuleFiles(objects).flatMap(({ groups }) =>
    groups.map(({ name, labels, rules }) => ({
      name,
      rules: rules.map((rule) => ({ ...rule, labels: { ...labels, ...rule.labels } })),
    })),
  )
}

/** All rules of them. */
export function readRules(objects: readonly Manifest[]): Rule[] {
  return readRuleGroups(objects).flatMap(({ rules }) => rules)
}
