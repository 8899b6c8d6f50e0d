{{- /* A scrape ends before the next one starts; an alert comes after what it waits for. */ -}}
{{- define "kafka.validate.monitoring" -}}
{{- range $key := list "podMonitor" "rules" -}}
{{- if and (get $.Values $key).enabled (not $.Values.metrics.enabled) }}
{{ $key }}.enabled is true and metrics.enabled is false; want metrics to look at; set metrics.enabled to true
{{- end -}}
{{- end -}}
{{- with .Values.podMonitor -}}
{{- if .enabled -}}
{{- if gt (include "common.milliseconds" .scrapeTimeout | int64) (include "common.milliseconds" .interval | int64) }}
podMonitor.scrapeTimeout is {{ .scrapeTimeout }} and podMonitor.interval is {{ .interval }}; want the timeout not above the interval; lower podMonitor.scrapeTimeout
{{- end -}}
{{- range $index, $relabeling := .relabelings -}}
{{- if eq ($relabeling.targetLabel | default "") "kafka" }}
podMonitor.relabelings[{{ $index }}].targetLabel is kafka, by which the alerts know the cluster; want another label; change it
{{- end -}}
{{- end -}}
{{- end -}}
{{- end -}}
{{- if .Values.rules.enabled -}}
{{- range $ca := list "clusterCa" "clientsCa" -}}
{{- $days := (get $.Values $ca).renewalDays | default 30 | int -}}
{{- if le $days (int $.Values.rules.certificateDays) }}
rules.certificateDays is {{ int $.Values.rules.certificateDays }} and {{ $ca }}.renewalDays is {{ $days }}; want the alert to wait for the renewal; lower rules.certificateDays or raise {{ $ca }}.renewalDays
{{- end -}}
{{- end -}}
{{- end -}}
{{- end -}}

{{- /* The test's image is an exact version, and of the cluster's. */ -}}
{{- define "kafka.validate.tests" -}}
{{- if .Values.tests.enabled -}}
{{- include "common.image.problem" (dict "image" .Values.tests.image "at" "tests.image") -}}
{{- end -}}
{{- end -}}
