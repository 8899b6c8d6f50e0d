{{- /*
service.dashboardRows: what somebody on call reads from top to bottom: is the promise kept, for whom, since when, and who
else is in it. Call: include "service.dashboardRows" $ | fromYamlArray
*/ -}}
{{- define "service.dashboardRows" -}}
- { title: Now, panels: {{ concat (include "service.panels.burns" . | fromYamlArray) (include "service.panels.now" . | fromYamlArray) | toJson }} }
- { title: 'Traffic, errors, latency', panels: {{ include "service.panels.requests" . | fromYamlArray | toJson }} }
- { title: Saturation, panels: {{ include "service.panels.saturation" . | fromYamlArray | toJson }} }
- { title: Whom it calls, panels: {{ include "service.panels.calls" . | fromYamlArray | toJson }} }
- { title: Who calls it, panels: {{ include "service.panels.callers" . | fromYamlArray | toJson }} }
- { title: Its data, panels: {{ include "service.panels.data" . | fromYamlArray | toJson }} }
{{- end -}}

{{- /*
service.panels.burns: how many times too fast each objective's budget goes, by the two windows that wake somebody.
*/ -}}
{{- define "service.panels.burns" -}}
{{- if include "service.hasObjectives" . -}}
{{- $burns := include "service.burns" . | fromYaml -}}
{{- $slo := .Values.prometheusRule.slo -}}
{{- range $name, $objective := dict "availability" $slo.availability.objective "latency" $slo.latency.objective }}
{{- if $objective }}
{{- $ratio := printf "slo:error_ratio:rate%%s{%s,slo=%q} / %s" (include "service.series" $) $name (include "service.budget" $objective) }}
- title: {{ title $name }} budget burns
  type: stat
  unit: none
  {{- $alert := printf "Service%sBurnsFast" (title $name) }}
  description: {{ printf "How many times faster than %v %% over 30 days allow. Alert %s: [runbook](%s#%s)" $objective $alert $.Values.prometheusRule.runbookUrl (lower $alert) | quote }}
  steps: [green, {{ index $burns "3d" }}, yellow, {{ index $burns "6h" }}, orange, {{ index $burns "1h" }}, red]
  queries:
    - { legend: 1 h, expr: {{ printf $ratio "1h" | quote }} }
    - { legend: 6 h, expr: {{ printf $ratio "6h" | quote }} }
{{- end }}
{{- end }}
{{- end -}}
{{- end -}}

{{- /* service.failedShare: the share of requests that the service failed. Call: include "service.failedShare" $ */ -}}
{{- define "service.failedShare" -}}
{{- $all := printf "http_server_requests_seconds_count{%s" (include "service.requestSeries" .) -}}
(sum(rate({{ $all }},status=~"5.."}[$__rate_interval])) or vector(0)) / sum(rate({{ $all }}}[$__rate_interval]))
{{- end -}}

{{- /* service.panels.now: what is, in one line. */ -}}
{{- define "service.panels.now" -}}
{{- $of := include "service.series" . -}}
- title: Alerts that fire
  type: stat
  unit: none
  description: Of the service's own, whoever they are told to. Nothing else here is urgent while it is zero.
  steps: [green, 1, red]
  queries: [{ legend: alerts, expr: {{ printf `count(ALERTS{%s,alertstate="firing"}) or vector(0)` $of | quote }} }]
- title: Requests
  type: stat
  unit: reqps
  description: All that come in now, without health checks.
  queries: [{ legend: all, expr: {{ printf "sum(rate(http_server_requests_seconds_count{%s}[$__rate_interval]))" (include "service.requestSeries" .) | quote }} }]
- title: Failed requests
  type: stat
  unit: percentunit
  description: Answers of 500 and above.
  steps: [green, 0.001, orange, 0.01, red]
  queries: [{ legend: 5xx, expr: {{ include "service.failedShare" . | quote }} }]
- title: Pods that are measured
  type: stat
  unit: none
  description: 'None is an outage, or a scrape that is closed: see whether requests arrive at callers.'
  steps: [red, 1, green]
  queries: [{ legend: pods, expr: {{ printf "count(up{%s} == 1) or vector(0)" $of | quote }} }]
{{- end -}}

{{- /* service.panels.requests: traffic, errors and latency. */ -}}
{{- define "service.panels.requests" -}}
{{- $of := include "service.requestSeries" . -}}
- title: Requests
  type: timeseries
  unit: reqps
  description: By status, without health checks.
  queries: [{ legend: {{ "{{status}}" | quote }}, expr: {{ printf "sum by (status) (rate(http_server_requests_seconds_count{%s}[$__rate_interval]))" $of | quote }} }]
- title: Failed requests
  type: timeseries
  unit: percentunit
  description: 'The share of answers of 500 and above, and what each request was for.'
  queries:
    - { legend: all, expr: {{ include "service.failedShare" . | quote }} }
    - { legend: {{ "{{method}} {{uri}}" | quote }}, expr: {{ printf `topk(5, sum by (method, uri) (rate(http_server_requests_seconds_count{%s,status=~"5.."}[$__rate_interval]))) / scalar(sum(rate(http_server_requests_seconds_count{%s}[$__rate_interval])))` $of $of | quote }} }
- title: Duration
  type: timeseries
  unit: s
  description: The mean of all, and the longest of the last minutes.
  queries:
    - { legend: mean, expr: {{ printf "sum(rate(http_server_requests_seconds_sum{%s}[$__rate_interval])) / sum(rate(http_server_requests_seconds_count{%s}[$__rate_interval]))" $of $of | quote }} }
    - { legend: longest, expr: {{ printf "max(http_server_requests_seconds_max{%s})" $of | quote }} }
{{- end -}}

{{- /* service.panels.saturation: what is nearly used up in each pod. */ -}}
{{- define "service.panels.saturation" -}}
{{- $of := include "service.series" . -}}
- title: CPU of each pod
  type: timeseries
  unit: percentunit
  description: Of the cores that the JVM sees, which are those of the limit.
  steps: [green, 0.9, red]
  queries: [{ legend: {{ "{{pod}}" | quote }}, expr: {{ printf "process_cpu_usage{%s}" $of | quote }} }]
- title: Heap of each pod
  type: timeseries
  unit: percentunit
  description: Of its largest size. What stays near it after a collection ends in an OutOfMemoryError.
  steps: [green, 0.9, red]
  queries: [{ legend: {{ "{{pod}}" | quote }}, expr: {{ printf `sum by (pod) (jvm_memory_used_bytes{%s,area="heap"}) / sum by (pod) (jvm_memory_max_bytes{%s,area="heap"} > 0)` $of $of | quote }} }]
- title: Time in garbage collection
  type: timeseries
  unit: percentunit
  description: The share of time in which nothing else runs.
  steps: [green, 0.1, red]
  queries: [{ legend: {{ "{{pod}}" | quote }}, expr: {{ printf "sum by (pod) (rate(jvm_gc_pause_seconds_sum{%s}[$__rate_interval]))" $of | quote }} }]
{{- end -}}
