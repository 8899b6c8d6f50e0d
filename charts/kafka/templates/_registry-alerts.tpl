{{- /*
kafka.registryAlerts: alerts of the schema registry, as in kafka.alerts; its metrics are Micrometer's. Of its consumer
groups those with members count: the others are of pods that are gone. Call: include "kafka.registryAlerts" $
*/ -}}
{{- define "kafka.registryAlerts" -}}
{{- $name := include "kafka.name" (dict "root" .) -}}
{{- $registry := include "kafka.ownUser" (dict "root" . "part" "registry") -}}
{{- $of := printf "{namespace=%q,kafka=%q}" .Release.Namespace $name -}}
{{- $groups := printf "namespace=%q,kafka=%q,consumergroup=~\"%s-.*\"" .Release.Namespace $name $registry -}}
KafkaRegistryDown:
  expr: absent(process_uptime_seconds{{ $of }})
  for: 2m
  severity: critical
  summary: no schema registry answers; who has not read a schema yet can neither write nor read
KafkaRegistryErrors:
  expr: sum(rate(rest_requests_seconds_count{{ $of | replace "}" ",status_code_group=\"5xx\"}" }}[5m])) / sum(rate(rest_requests_seconds_count{{ $of }}[5m])) > 0.05
  for: 10m
  severity: warning
  summary: the schema registry fails at more than one request in twenty
{{- if .Values.exporter.enabled }}
KafkaRegistryBehind:
  expr: sum by (consumergroup) (kafka_consumergroup_lag{ {{- $groups }},topic="{{ $registry }}-journal"}) > 100 and on (consumergroup) kafka_consumergroup_members{ {{- $groups }}} > 0
  for: 5m
  severity: warning
  summary: a schema registry does not keep up with its journal and answers with old schemas
{{- end }}
{{- end -}}
