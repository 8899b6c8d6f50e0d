{{- /* A patch lies over what is rendered, and leaves to values what values do. */ -}}
{{- define "vault.validate.overlay" -}}
{{- if .Values.seal.type -}}
{{- $objects := dict "statefulSet" (dict "template" "vault.statefulSet" "argument" $) -}}
{{- range $key := list "service" "podDisruptionBudget" "serviceMonitor" "prometheusRule" "certificate" "job" "cronJob" -}}
{{- $_ := dict "template" (printf "vault.object.%s" $key) "argument" $ | set $objects $key -}}
{{- end -}}
{{- include "common.overlay.refused" (dict "root" . "objects" $objects) -}}
{{- end -}}
{{- end -}}
