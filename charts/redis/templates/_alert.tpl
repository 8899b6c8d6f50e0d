{{- /*
redis.alert: one alert. Nobody is woken up for what is not production. Prometheus' own placeholders are written as
<pod>, <value> and the like.
Call: include "redis.alert" (dict "root" $ "name" "RedisDown" "expr" "..." "for" "2m" "severity" "critical" "summary" "...")
*/ -}}
{{- define "redis.alert" -}}
- alert: {{ .name }}
  expr: {{ .expr | squote }}
  for: {{ .for }}
  labels:
    severity: {{ and (eq .severity "critical") (ne .root.Values.tier "production") | ternary "warning" .severity }}
  annotations:
    summary: {{ regexReplaceAll "<([a-z_]+)>" .summary "{{ $$labels.${1} }}" | replace "{{ $labels.value }}" "{{ $value | humanize }}" | quote }}
    runbook_url: {{ printf "%s#%s" .root.Values.prometheusRule.runbookUrl (lower .name) | quote }}
{{- end -}}

{{- /*
redis.series: the labels that every series of the release has. Call: include "redis.series" $
*/ -}}
{{- define "redis.series" -}}
{{- printf "namespace=%q,job=%q" .Release.Namespace (include "redis.name" .) -}}
{{- end -}}
