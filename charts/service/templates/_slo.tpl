{{- /*
service.hasObjectives: "true" where objectives are kept; none on standby. Call: include "service.hasObjectives" $
*/ -}}
{{- define "service.hasObjectives" -}}
{{- $rule := .Values.prometheusRule -}}
{{- if and $rule.enabled $rule.slo.enabled (ne .Values.role "standby") (or $rule.slo.availability.objective $rule.slo.latency.objective) -}}
true
{{- end -}}
{{- end -}}

{{- /*
service.latencyBoundary: the threshold of the latency objective in seconds, written as Prometheus labels buckets: 0.5, 1.0.
Call: include "service.latencyBoundary" $
*/ -}}
{{- define "service.latencyBoundary" -}}
{{- $seconds := divf .Values.prometheusRule.slo.latency.thresholdMilliseconds 1000 | toString -}}
{{- contains "." $seconds | ternary $seconds (printf "%s.0" $seconds) -}}
{{- end -}}

{{- /*
service.series: matchers of all that the service's pods say of themselves. Call: include "service.series" $
*/ -}}
{{- define "service.series" -}}
{{ printf "namespace=%q,job=%q" .Release.Namespace (include "service.name" .) }}
{{- end -}}

{{- /*
service.requestSeries: matchers of its own requests, without those to actuator. Call: include "service.requestSeries" $
*/ -}}
{{- define "service.requestSeries" -}}
{{ include "service.series" . }},uri!~"/actuator.*"
{{- end -}}

{{- /*
service.budget: the share of requests that may be bad. Call: include "service.budget" 99.9
*/ -}}
{{- define "service.budget" -}}
{{- divf (subf 100 .) 100 -}}
{{- end -}}

{{- /*
service.burns: from which rate on a budget burns fast and slowly, by the long window. Call: include "service.burns" $ | fromYaml
*/ -}}
{{- define "service.burns" -}}
{ 1h: 14.4, 6h: 6.0, 1d: 3.0, 3d: 1.0 }
{{- end -}}

{{- /*
service.sloGroup: recorded error ratios and burn-rate alerts of the service's own requests, without those to actuator.
Windows and rates are those of the Site Reliability Workbook, table 5-8, for a budget of 30 days
(https://sre.google/workbook/alerting-on-slos/): a page at 2 % of the budget in an hour or 5 % in six, a ticket at 10 %
in a day or in three, each confirmed by a window of a twelfth. A ratio alone would page for one bad request where fewer
than 1 / (rate * budget) come in a window, 69 an hour for 99.9 %, so both also need a few bad requests: five for a page,
three for a ticket. Call: include "service.sloGroup" $
*/ -}}
{{- define "service.sloGroup" -}}
{{- $slo := .Values.prometheusRule.slo -}}
{{- $runbook := .Values.prometheusRule.runbookUrl -}}
{{- $job := include "service.name" . -}}
{{- $of := include "service.series" . -}}
{{- $labels := printf "namespace: %q, job: %q" .Release.Namespace $job -}}
{{- $requests := include "service.requestSeries" . -}}
{{- $burn := include "service.burns" . | fromYaml -}}
{{- $all := printf `sum(COUNT(http_server_requests_seconds_count{%s}[WINDOW]))` $requests -}}
{{- $objectives := list -}}
{{- with $slo.availability.objective -}}
{{- $bad := printf `(sum(COUNT(http_server_requests_seconds_count{%s,status=~"5.."}[WINDOW])) or vector(0))` $requests -}}
{{- $objectives = append $objectives (dict "title" "Availability" "objective" . "bad" $bad) -}}
{{- end -}}
{{- with $slo.latency.objective -}}
{{- $boundary := include "service.latencyBoundary" $ -}}
{{- $bad := printf `(%s - sum(COUNT(http_server_requests_seconds_bucket{%s,le="%s"}[WINDOW])))` $all $requests $boundary -}}
{{- $objectives = append $objectives (dict "title" "Latency" "objective" . "bad" $bad) -}}
{{- end -}}
name: {{ $job }}-slo
{{ include "common.alertLabels" .Values.prometheusRule.alertLabels }}
rules:
{{- range $objectives }}
{{- $name := lower .title }}
{{- $labels := printf "%s, slo: %s" $labels $name }}
{{- $bad := .bad }}
{{- $ratio := printf "%s / %s" $bad $all }}
{{- range $window := list "5m" "30m" "1h" "2h" "6h" "1d" "3d" }}
  - record: slo:error_ratio:rate{{ $window }}
    expr: {{ $ratio | replace "COUNT" "rate" | replace "WINDOW" $window | quote }}
    labels: { {{ $labels }} }
{{- end }}
{{- range $window := list "1h" "6h" "1d" "3d" }}
  - record: slo:bad_requests:increase{{ $window }}
    expr: {{ $bad | replace "COUNT" "increase" | replace "WINDOW" $window | quote }}
    labels: { {{ $labels }} }
{{- end }}
{{- $budget := include "service.budget" .objective }}
{{- $of := printf "{%s,slo=%q}" $of $name }}
{{- $over := printf "slo:error_ratio:rate%%[1]s%s > %%[3]v * %s and slo:error_ratio:rate%%[2]s%s > %%[3]v * %s" $of $budget $of $budget }}
{{- $burns := printf "(%s and slo:bad_requests:increase%%[1]s%s >= %%[4]d)" $over $of }}
  - alert: Service{{ .title }}BurnsFast
    expr: {{ printf "%s or %s" (printf $burns "1h" "5m" (index $burn "1h") 5) (printf $burns "6h" "30m" (index $burn "6h") 5) | quote }}
    labels: { {{ $labels }}, severity: critical }
    annotations:
      summary: '{{ .title }} of {{ $job }}: the error budget of 30 days is gone within days'
      description: {{ printf "{{ $value | humanizePercentage }} of the requests are bad; {{ %s | humanizePercentage }} may be." $budget | quote }}
      runbook_url: {{ printf "Service%sBurnsFast" .title | lower | printf "%s#%s" $runbook | quote }}
  - alert: Service{{ .title }}BurnsSlowly
    expr: {{ printf "%s or %s" (printf $burns "1d" "2h" (index $burn "1d") 3) (printf $burns "3d" "6h" (index $burn "3d") 3) | quote }}
    labels: { {{ $labels }}, severity: warning }
    annotations:
      summary: '{{ .title }} of {{ $job }}: the error budget of 30 days does not last'
      description: {{ printf "{{ $value | humanizePercentage }} of the requests are bad; {{ %s | humanizePercentage }} may be." $budget | quote }}
      runbook_url: {{ printf "Service%sBurnsSlowly" .title | lower | printf "%s#%s" $runbook | quote }}
{{- end }}
  - alert: ServiceMetricsMissing
    expr: {{ printf "absent(up{%s} == 1)" $of | quote }}
    for: 10m
    labels: { {{ $labels }}, severity: warning }
    annotations:
      summary: No pod of {{ $job }} is measured, so its objectives cannot be judged
      runbook_url: {{ lower "ServiceMetricsMissing" | printf "%s#%s" $runbook | quote }}
{{- end -}}
