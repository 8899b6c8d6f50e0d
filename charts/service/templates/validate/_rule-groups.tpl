{{- /*
Rules of a team speak of its own service: labels by which alerts are told, muted and counted are set for it, and what it records
is nobody else's. Prometheus calls what exporters say without ":" (https://prometheus.io/docs/practices/rules/).
*/ -}}
{{- define "service.validate.ruleGroups" -}}
{{- range $index, $group := .Values.prometheusRule.groups -}}
{{- $at := printf "prometheusRule.groups[%d]" $index -}}
{{- include "service.ruleLabels.refused" (dict "at" $at "labels" $group.labels) -}}
{{- range $number, $rule := $group.rules -}}
{{- $place := printf "%s.rules[%d]" $at $number -}}
{{- include "service.ruleLabels.refused" (dict "at" $place "labels" $rule.labels) -}}
{{- with $rule.record -}}
{{- if hasPrefix "slo:" . }}
{{ $place }}.record is {{ quote . }}; want another name, since objectives are recorded by those with slo:; rename it
{{- else if not (contains ":" .) }}
{{ $place }}.record is {{ quote . }}, as what an exporter says could be called; want a name with ":", such as postings:rate5m; rename it
{{- end -}}
{{- end -}}
{{- end -}}
{{- end -}}
{{- end -}}

{{- /*
service.ruleLabels.refused: a line for each label that is not the team's to set. Call: include "service.ruleLabels.refused"
(dict "at" "prometheusRule.groups[0]" "labels" $group.labels)
*/ -}}
{{- define "service.ruleLabels.refused" -}}
{{- range $name, $value := .labels -}}
{{- if has $name (list "environment" "job" "namespace" "opencore_signal" "slo" "team" "waits") }}
{{ $.at }}.labels.{{ $name }} is set; want none, since it decides who is told and what is muted; remove it
{{- else if and (eq $name "severity") (not (has $value (list "critical" "warning" "info"))) }}
{{ $.at }}.labels.severity is {{ quote $value }}; want critical, warning or info; correct it
{{- end -}}
{{- end -}}
{{- end -}}
