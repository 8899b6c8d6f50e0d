{{- /*
observability.alerts: what watches, and what inhibits. By the label `opencore_signal`, and not by its name, does Alertmanager
know what is which: the chart of services sets it on nobody's alert. kube-state-metrics speaks of others' pods, so that its
scrape honours labels; nobody else is believed, since whoever is scraped calls its metrics as it likes. Call: include "observability.alerts" $
*/ -}}
{{- define "observability.alerts" -}}
{{- $job := get (include "common.scrapes" . | fromYaml) "kubeStateMetrics" -}}
{{- $lost := printf `max by (node) (kube_node_status_condition{job=%q,condition="Ready",status="true"} == 0)` $job -}}
{{ include "common.alert" (dict "root" . "name" "Watchdog" "for" "0m" "severity" "none" "labels" (dict "opencore_signal" "watchdog")
  "expr" "vector(1)"
  "summary" "Prometheus evaluates, and Alertmanager sends: whoever gets no such message for five minutes wakes somebody") }}
{{- if .Values.waits }}
{{ include "common.alert" (dict "root" . "name" "RegionWaits" "for" "0m" "severity" "none" "labels" (dict "opencore_signal" "region-waits")
  "expr" "vector(1)"
  "summary" "Another region serves: what is at zero pods here is no news") }}
{{- end }}
{{- $itself := printf "up{namespace=%q,job=\"%s/%s\"} == 1" .Release.Namespace .Release.Namespace (include "observability.name" .) }}
{{ include "common.alert" (dict "root" . "name" "PrometheusPeerLost" "for" "10m" "severity" "warning"
  "expr" (printf "(count(%s) or vector(0)) < %d" $itself (int .Values.prometheus.replicas))
  "summary" "<value> pods of Prometheus answer, fewer than there should be: who is left watches alone") }}
{{ include "common.alert" (dict "root" . "name" "NodeNotReady" "for" "2m" "severity" "warning"
  "expr" $lost
  "summary" "<node> is not ready: its pods are lost, or soon made elsewhere") }}
{{ include "common.alert" (dict "root" . "name" "PodOnLostNode" "for" "0m" "severity" "none" "labels" (dict "opencore_signal" "node-lost")
  "expr" (printf "max by (namespace, pod, node) (kube_pod_info{job=%q}) * on (node) group_left () (%s + 1)" $job $lost)
  "summary" "<pod> is on <node>, which is not ready") }}
{{- end -}}
