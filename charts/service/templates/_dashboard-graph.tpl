{{- /*
service.edgePanels: traffic, errors and latency of calls as who calls sees them; a call that got no answer is a failed one,
too. `edges` is a list of {legend, series}. Call: include "service.edgePanels" (dict "title" "..." "edges" $edges)
*/ -}}
{{- define "service.edgePanels" -}}
{{- $failed := `outcome=~"SERVER_ERROR|UNKNOWN"` -}}
{{- $count := "sum(rate(http_client_requests_seconds_count{%s}[$__rate_interval]))" -}}
{{- with .edges }}
- title: {{ $.title }}
  type: timeseries
  unit: reqps
  description: As who calls counts them.
  queries:
    {{- range . }}
    - { legend: {{ quote .legend }}, expr: {{ printf $count .series | quote }} }
    {{- end }}
- title: {{ $.title }} that fail
  type: timeseries
  unit: percentunit
  description: Answers of 500 and above, and calls without an answer.
  steps: [green, 0.01, red]
  queries:
    {{- range . }}
    - { legend: {{ quote .legend }}, expr: {{ printf "(%s or vector(0)) / %s" (printf "%s,%s" .series $failed | printf $count) (printf $count .series) | quote }} }
    {{- end }}
- title: {{ $.title }}, mean duration
  type: timeseries
  unit: s
  description: With the time on the way, and for a connection.
  queries:
    {{- range . }}
    - { legend: {{ quote .legend }}, expr: {{ printf "%s / %s" (printf $count .series | replace "_count{" "_sum{") (printf $count .series) | quote }} }
    {{- end }}
{{- end }}
{{- end -}}

{{- /* service.panels.calls: each that it calls over HTTP. */ -}}
{{- define "service.panels.calls" -}}
{{- $edges := list -}}
{{- range .Values.dashboards.calls -}}
{{- $edges = append $edges (dict "legend" .name "series" (printf "%s,client_name=%q" (include "service.series" $) .host)) -}}
{{- end -}}
{{- include "service.edgePanels" (dict "title" "Calls" "edges" $edges) -}}
{{- end -}}

{{- /* service.panels.callers: each that calls it, by what the caller says. */ -}}
{{- define "service.panels.callers" -}}
{{- $host := printf "%s.%s.svc.cluster.local" (include "service.name" .) .Release.Namespace -}}
{{- $edges := list -}}
{{- range .Values.dashboards.callers -}}
{{- $edges = append $edges (dict "legend" .name "series" (printf "namespace=%q,job=%q,client_name=%q" .namespace .name $host)) -}}
{{- end -}}
{{- include "service.edgePanels" (dict "title" "Calls of others" "edges" $edges) -}}
{{- end -}}

{{- /*
service.panels.data: databases, caches and topics, as the service sees them: what it waits for there, and what fails.
*/ -}}
{{- define "service.panels.data" -}}
{{- $of := include "service.series" . -}}
{{- range .Values.dashboards.data }}
{{- if eq .kind "postgres" }}
- title: Connections to {{ .name }}
  type: timeseries
  unit: percentunit
  description: Those in use, of each pod's pool. At all of them, requests wait.
  steps: [green, 0.9, red]
  queries: [{ legend: {{ "{{pod}}" | quote }}, expr: {{ printf "sum by (pod) (hikaricp_connections_active{%s}) / sum by (pod) (hikaricp_connections_max{%s})" $of $of | quote }} }]
- title: Threads that wait for a connection to {{ .name }}
  type: timeseries
  unit: none
  description: 'Any number over minutes: the pool is too small, or the database slow.'
  steps: [green, 1, red]
  queries: [{ legend: {{ "{{pod}}" | quote }}, expr: {{ printf "sum by (pod) (hikaricp_connections_pending{%s})" $of | quote }} }]
{{- else if eq .kind "redis" }}
- title: Commands to {{ .name }}, mean duration
  type: timeseries
  unit: s
  description: Of each command, with the time on the way.
  queries: [{ legend: {{ "{{db_operation}}" | quote }}, expr: {{ printf "sum by (db_operation) (rate(lettuce_seconds_sum{%s}[$__rate_interval])) / sum by (db_operation) (rate(lettuce_seconds_count{%s}[$__rate_interval]))" $of $of | quote }} }]
{{- else if eq .kind "kafka" }}
{{- if has "producer" (.rights | default list) }}
- title: Records to {{ .name }}
  type: timeseries
  unit: cps
  description: Sent and confirmed, by exception where that failed.
  queries: [{ legend: {{ "{{exception}}" | quote }}, expr: {{ printf "sum by (exception) (rate(spring_kafka_template_seconds_count{%s}[$__rate_interval]))" $of | quote }} }]
{{- end }}
{{- if has "consumer" (.rights | default list) }}
- title: Records of {{ .name }} that it has yet to read
  type: timeseries
  unit: none
  description: 'The partition that is furthest behind, of each pod: it grows where records come faster than they are done.'
  queries: [{ legend: {{ "{{pod}}" | quote }}, expr: {{ printf "max by (pod) (kafka_consumer_fetch_manager_records_lag_max{%s})" $of | quote }} }]
{{- end }}
{{- end }}
{{- end }}
{{- end -}}
