{{- /*
common.alert: one alert of a PrometheusRule. Nobody is woken up for what is not production. Prometheus' own placeholders are
written as <pod>, <value> and the like. `labels`, if any, are beside the severity. The chart has values `tier` and
`prometheusRule.runbookUrl`.
Call:  include "common.alert" (dict "root" $ "name" "RedisDown" "expr" "..." "for" "2m" "severity" "critical" "summary" "...")
*/ -}}
{{- define "common.alert" -}}
- alert: {{ .name }}
  expr: {{ .expr | squote }}
  for: {{ .for }}
  labels:
    severity: {{ and (eq .severity "critical") (ne .root.Values.tier "production") | ternary "warning" .severity }}
    {{- with .labels }}
    {{- toYaml . | nindent 4 }}
    {{- end }}
  annotations:
    summary: {{ regexReplaceAll "<([a-z_]+)>" .summary "{{ $$labels.${1} }}" | replace "{{ $labels.value }}" "{{ $value | humanize }}" | quote }}
    runbook_url: {{ printf "%s#%s" .root.Values.prometheusRule.runbookUrl (lower .name) | quote }}
{{- end -}}
