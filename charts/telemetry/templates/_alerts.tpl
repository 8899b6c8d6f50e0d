{{- /*
telemetry.alerts: what somebody has to do something about. Names are those of the collector's own reader, which the configuration
pins: without `_total` and units. A backend that is down is no failure of the exporter, which asks it again for as long as there
is room; what it counts as failed is lost, and so are traces that were judged and for which its queue has no room.
Call: include "telemetry.alerts" $
*/ -}}
{{- define "telemetry.alerts" -}}
{{- $series := printf "namespace=%q,job=%q" .Release.Namespace (include "telemetry.name" (dict "root" .)) -}}
{{- $out := printf "%s,exporter=\"otlp_http\"" $series -}}
{{- $sum := "sum by (namespace, pod) (%s)" -}}
{{ include "common.alert" (dict "root" . "name" "TelemetryPodsMissing" "for" "10m" "severity" "warning"
  "expr" (printf "(count(otelcol_process_uptime{%s}) or vector(0)) < %d" $series (int .Values.replicas))
  "summary" (printf "<value> of %d collectors are there" (int .Values.replicas))) }}
{{ include "common.alert" (dict "root" . "name" "TelemetryRefused" "for" "5m" "severity" "warning"
  "expr" (include "telemetry.grown" (dict "metrics" (list "otelcol_receiver_refused_spans" "otelcol_receiver_refused_log_records" "otelcol_receiver_failed_spans" "otelcol_receiver_failed_log_records") "series" $series "in" "5m"))
  "summary" "<pod> refused <value> spans or records in 5 minutes") }}
{{ include "common.alert" (dict "root" . "name" "TelemetryLost" "for" "0m" "severity" "critical"
  "expr" (printf "%s or %s"
    (include "telemetry.grown" (dict "metrics" (list "otelcol_exporter_send_failed_spans" "otelcol_exporter_send_failed_log_records") "series" $series "in" "10m"))
    (include "telemetry.grown" (dict "metrics" (list "otelcol_exporter_enqueue_failed_spans") "series" $out "in" "10m")))
  "summary" "<pod> lost <value> spans or records in 10 minutes: they were not taken, and are not tried again") }}
{{ include "common.alert" (dict "root" . "name" "TelemetryQueueFilling" "for" "5m" "severity" "critical"
  "expr" (printf "100 * max by (namespace, pod, data_type) (otelcol_exporter_queue_size{%s}) / max by (namespace, pod, data_type) (otelcol_exporter_queue_capacity{%s}) > 70" $out $out)
  "summary" "<value> % of the queue of <data_type> on <pod> are used; once it is full, services are refused, and traces are lost") }}
{{ include "common.alert" (dict "root" . "name" "TelemetryBackendDown" "for" "5m" "severity" "warning"
  "expr" (printf "min by (namespace, pod, data_type) (min_over_time(otelcol_exporter_queue_size{%s}[5m])) > 0 unless on (namespace, pod, data_type) (label_replace(%s > 0, \"data_type\", \"traces\", \"\", \"\") or label_replace(%s > 0, \"data_type\", \"logs\", \"\", \"\"))" $out
    (printf $sum (printf "rate(otelcol_exporter_sent_spans{%s}[5m])" $out))
    (printf $sum (printf "rate(otelcol_exporter_sent_log_records{%s}[5m])" $out)))
  "summary" "Nothing of <data_type> reached the backend from <pod> for 5 minutes, and something waits") }}
{{ include "common.alert" (dict "root" . "name" "TelemetryTracesDropped" "for" "0m" "severity" "critical"
  "expr" (include "telemetry.grown" (dict "metrics" (list "otelcol_processor_tail_sampling_sampling_trace_dropped_too_early" "otelcol_processor_tail_sampling_traces_dropped_too_large") "series" $series "in" "10m"))
  "summary" "<pod> had no room for <value> traces in 10 minutes, and dropped them with their errors") }}
{{- end -}}

{{- /*
telemetry.grown: by how much some counters grew. The collector has none of them before it counts for the first time, and that is no
increase to Prometheus. Call: include "telemetry.grown" (dict "metrics" $names "series" $matchers "in" "5m")
*/ -}}
{{- define "telemetry.grown" -}}
{{- $all := list -}}
{{- range .metrics -}}
{{- $one := printf "%s{%s}" . $.series -}}
{{- $all = printf "sum by (namespace, pod) ((%[1]s unless %[1]s offset %[2]s) or increase(%[1]s[%[2]s])) > 0" $one $.in | append $all -}}
{{- end -}}
{{- join " or " $all -}}
{{- end -}}
