{{- /*
service.panels: what the service's dashboard shows: title, unit, and a query for each legend. QUERY stands for the
selector of requests, JOB for that of the service's other series. Call: include "service.panels" $ | fromYamlArray
*/ -}}
{{- define "service.panels" -}}
- title: Requests
  unit: reqps
  queries:
    '{{ "{{status}}" }}': sum by (status) (rate(http_server_requests_seconds_count{QUERY}[$__rate_interval]))
- title: Failed requests
  unit: percentunit
  queries:
    5xx: (sum(rate(http_server_requests_seconds_count{QUERY,status=~"5.."}[$__rate_interval])) or vector(0)) / sum(rate(http_server_requests_seconds_count{QUERY}[$__rate_interval]))
- title: Duration
  unit: s
  queries:
    mean: sum(rate(http_server_requests_seconds_sum{QUERY}[$__rate_interval])) / sum(rate(http_server_requests_seconds_count{QUERY}[$__rate_interval]))
    longest: max(http_server_requests_seconds_max{QUERY})
- title: Bad requests of six hours, by objective
  unit: percentunit
  queries:
    '{{ "{{slo}}" }}': slo:error_ratio:rate6h{JOB}
- title: CPU of each pod
  unit: percentunit
  queries:
    '{{ "{{pod}}" }}': process_cpu_usage{JOB}
- title: Heap of each pod, of its largest size
  unit: percentunit
  queries:
    '{{ "{{pod}}" }}': sum by (pod) (jvm_memory_used_bytes{JOB,area="heap"}) / sum by (pod) (jvm_memory_max_bytes{JOB,area="heap"} > 0)
- title: Time in garbage collection
  unit: percentunit
  queries:
    '{{ "{{pod}}" }}': sum by (pod) (rate(jvm_gc_pause_seconds_sum{JOB}[$__rate_interval]))
- title: Threads
  unit: short
  queries:
    '{{ "{{pod}}" }}': jvm_threads_live_threads{JOB}
- title: Connections in use, of the pool
  unit: percentunit
  queries:
    '{{ "{{pod}} {{pool}}" }}': hikaricp_connections_active{JOB} / hikaricp_connections_max{JOB}
- title: Pods measured
  unit: short
  queries:
    pods: sum(up{JOB})
{{- end -}}

{{- /*
service.dashboard: the service's dashboard as Grafana reads it, two panels a row. Call: include "service.dashboard" $ | fromYaml
*/ -}}
{{- define "service.dashboard" -}}
{{- $job := printf "namespace=%q,job=%q" .Release.Namespace (include "service.name" .) -}}
{{- $source := dict "type" "prometheus" "uid" "${datasource}" -}}
{{- $panels := list -}}
{{- range $index, $panel := include "service.panels" . | fromYamlArray -}}
{{- $targets := list -}}
{{- range $legend, $query := $panel.queries -}}
{{- $expression := $query | replace "QUERY" (printf `%s,uri!~"/actuator.*"` $job) | replace "JOB" $job -}}
{{- $targets = append $targets (dict "refId" (printf "q%d" (len $targets)) "expr" $expression "legendFormat" $legend) -}}
{{- end -}}
{{- $panels = append $panels (dict
      "id" (add1 $index) "type" "timeseries" "title" $panel.title "datasource" $source "targets" $targets
      "gridPos" (dict "x" (mod $index 2 | mul 12) "y" (div $index 2 | mul 8) "w" 12 "h" 8)
      "fieldConfig" (dict "defaults" (dict "unit" $panel.unit "min" 0) "overrides" list)) -}}
{{- end -}}
uid: {{ printf "%s/%s" .Release.Namespace (include "service.name" .) | sha256sum | trunc 40 }}
title: {{ printf "%s / %s" .Release.Namespace (include "service.name" .) }}
tags: [opencore, service]
schemaVersion: 39
editable: false
refresh: 30s
time: { from: now-3h, to: now }
templating:
  list:
    - { name: datasource, type: datasource, query: prometheus, label: Data source }
panels: {{- toYaml $panels | nindent 2 }}
{{- end -}}
