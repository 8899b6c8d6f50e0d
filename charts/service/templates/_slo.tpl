{{- /*
service.requests: selector of the service's own requests, without those to actuator, for a query.
Call: include "service.requests" (dict "root" $ "also" `status=~"5.."`)
*/ -}}
{{- define "service.requests" -}}
{namespace={{ quote .root.Release.Namespace }},job={{ include "service.name" .root | quote }},uri!~"/actuator.*"{{ with .also }},{{ . }}{{ end }}}
{{- end -}}

{{- /*
service.objectives: the objectives that are kept, by name: title, budget (share of requests that may be bad), and the
query of bad requests a second, with WINDOW for its window. None on standby. Call: include "service.objectives" $ | fromYaml
*/ -}}
{{- define "service.objectives" -}}
{{- $slo := .Values.prometheusRule.slo -}}
{{- if and .Values.prometheusRule.enabled $slo.enabled (ne .Values.role "standby") -}}
{{- $count := "http_server_requests_seconds_count" -}}
{{- $all := include "service.requests" (dict "root" .) -}}
{{- if $slo.availability.objective }}
availability:
  title: Availability
  budget: {{ divf (subf 100 $slo.availability.objective) 100 }}
  bad: {{ printf "(sum(rate(%s%s[WINDOW])) or vector(0))" $count (include "service.requests" (dict "root" . "also" `status=~"5.."`)) | quote }}
{{- end }}
{{- if $slo.latency.objective }}
{{- $bucket := printf `le="%s"` (include "service.latencyBoundary" .) }}
latency:
  title: Latency
  budget: {{ divf (subf 100 $slo.latency.objective) 100 }}
  bad: {{ printf "(sum(rate(%s%s[WINDOW])) - sum(rate(http_server_requests_seconds_bucket%s[WINDOW])))" $count $all (include "service.requests" (dict "root" . "also" $bucket)) | quote }}
{{- end }}
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
service.sloGroup: recorded error ratios and burn-rate alerts. Windows and rates are those of the Site Reliability
Workbook, table 5-8, for a budget of 30 days (https://sre.google/workbook/alerting-on-slos/): a page at 2 % of the
budget in an hour or 5 % in six, a ticket at 10 % in three days, each confirmed by a window of a twelfth.
Call: include "service.sloGroup" $
*/ -}}
{{- define "service.sloGroup" -}}
{{- $all := printf "sum(rate(http_server_requests_seconds_count%s[WINDOW]))" (include "service.requests" (dict "root" .)) -}}
{{- $runbook := .Values.prometheusRule.runbookUrl -}}
{{- $labels := dict "namespace" .Release.Namespace "job" (include "service.name" .) -}}
name: {{ include "service.name" . }}-slo
rules:
{{- range $name, $objective := include "service.objectives" . | fromYaml }}
{{- $labels := merge (dict "slo" $name) $labels }}
{{- range $window := list "5m" "30m" "1h" "6h" "3d" }}
  - record: slo:error_ratio:rate{{ $window }}
    expr: {{ printf "%s / %s" $objective.bad $all | replace "WINDOW" $window | quote }}
    labels: {{- toYaml $labels | nindent 6 }}
{{- end }}
{{- $ratio := printf "slo:error_ratio:rate%%s{namespace=%q,job=%q,slo=%q} > %%s * %v" $labels.namespace $labels.job $name $objective.budget }}
{{- $burns := printf "(%s and %s)" $ratio $ratio }}
  - alert: Service{{ $objective.title }}BurnsFast
    expr: {{ printf "%s or %s" (printf $burns "1h" "14.4" "5m" "14.4") (printf $burns "6h" "6" "30m" "6") | quote }}
    labels: {{- merge (dict "severity" "critical") $labels | toYaml | nindent 6 }}
    annotations:
      summary: {{ printf "%s of %s: the error budget of 30 days is gone within days" $objective.title $labels.job | quote }}
      description: {{ printf "{{ $value | humanizePercentage }} of the requests are bad; {{ %v | humanizePercentage }} may be." $objective.budget | quote }}
      runbook_url: {{ printf "Service%sBurnsFast" $objective.title | lower | printf "%s#%s" $runbook | quote }}
  - alert: Service{{ $objective.title }}BurnsSlowly
    expr: {{ printf $burns "3d" "1" "6h" "1" | quote }}
    labels: {{- merge (dict "severity" "warning") $labels | toYaml | nindent 6 }}
    annotations:
      summary: {{ printf "%s of %s: the error budget of 30 days does not last" $objective.title $labels.job | quote }}
      description: {{ printf "{{ $value | humanizePercentage }} of the requests are bad; {{ %v | humanizePercentage }} may be." $objective.budget | quote }}
      runbook_url: {{ printf "Service%sBurnsSlowly" $objective.title | lower | printf "%s#%s" $runbook | quote }}
{{- end }}
  - alert: ServiceMetricsMissing
    expr: {{ printf "absent(up{namespace=%q,job=%q} == 1)" $labels.namespace $labels.job | quote }}
    for: 10m
    labels: {{- merge (dict "severity" "warning") $labels | toYaml | nindent 6 }}
    annotations:
      summary: {{ printf "No pod of %s is measured, so its objectives cannot be judged" $labels.job | quote }}
      runbook_url: {{ lower "ServiceMetricsMissing" | printf "%s#%s" $runbook | quote }}
{{- end -}}
