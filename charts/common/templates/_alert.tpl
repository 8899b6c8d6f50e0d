{{- /*
common.alert: one alert of a PrometheusRule. Nobody is woken up for what is not production. Prometheus' own placeholders are
written as <pod>, <value> and the like. The chart has values `tier` and `prometheusRule.runbookUrl`.
Call:  include "common.alert" (dict "root" $ "name" "RedisDown" "expr" "..." "for" "2m" "severity" "critical" "summary" "...")
*/ -}}
{{- define "common.alert" -}}
- alert: {{ .name }}
  expr: {{ .expr | squote }}
  for: {{ .for }}
  labels:
    severity: {{ and (eq .severity "critical") (ne .root.Values.tier "production") | ternary "warning" .severity }}
  annotations:
    summary: {{ regexReplaceAll "<([a-z_]+)>" .summary "{{ $$labels.${1} }}" | replace "{{ $labels.value }}" "{{ $value | humanize }}" | quote }}
    runbook_url: {{ printf "%s#%s" .root.Values.prometheusRule.runbookUrl (lower .name) | quote }}
{{- end -}}
