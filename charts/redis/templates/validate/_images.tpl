{{- /* Every image that is used names one version. */ -}}
{{- define "redis.validate.images" -}}
{{- $images := dict "image" .Values.image -}}
{{- if eq .Values.mode "sentinel" -}}
{{- $_ := set $images "sentinel.image" .Values.sentinel.image -}}
{{- end -}}
{{- if .Values.exporter.enabled -}}
{{- $_ := set $images "exporter.image" .Values.exporter.image -}}
{{- end -}}
{{- if or .Values.backup.enabled .Values.restore.from -}}
{{- $_ := set $images "backup.image" .Values.backup.image -}}
{{- end -}}
{{- range $at, $image := $images }}
{{ include "common.image.problem" (dict "image" $image "at" $at) }}
{{- end -}}
{{- $version := include "redis.version" . -}}
{{- if and $version (lt (splitList "." $version | first | int) 6) }}
image.{{ .Values.image.version | empty | ternary "tag begins with" "version is" }} {{ $version }}, which has no users by key, or is no version of Redis; want Redis 6 or newer; set image.version to the version of Redis in the image
{{- end -}}
{{- end -}}

{{- /* Labels that select pods are the chart's and the operator's own, and no label is there twice. */ -}}
{{- define "redis.validate.labels" -}}
{{- $own := list "app" "cluster" "role" "redis_setup_type" "redis-role" "app.kubernetes.io/name" "app.kubernetes.io/instance" "app.kubernetes.io/version" "app.kubernetes.io/managed-by" "helm.sh/chart" -}}
{{- range $at, $labels := dict "commonLabels" .Values.commonLabels "podMonitor.labels" .Values.podMonitor.labels "prometheusRule.labels" .Values.prometheusRule.labels "dashboard.labels" .Values.dashboard.labels -}}
{{- range $name, $_ := $labels -}}
{{- if has $name $own }}
{{ $at }} has {{ $name }}, which the chart or the operator sets itself; want other labels; remove it from {{ $at }}
{{- else if and (ne $at "commonLabels") (hasKey $.Values.commonLabels $name) }}
{{ $at }} has {{ $name }}, which commonLabels sets already; want every label once; remove it from {{ $at }}
{{- end -}}
{{- end -}}
{{- end -}}
{{- end -}}
