{{- /* A patch lies over what is rendered, and leaves to values what values do. */ -}}
{{- define "service.validate.overlay" -}}
{{- $objects := dict -}}
{{- range $key := list "deployment" "statefulSet" "cronJob" "job" "service" -}}
{{- $isMade := eq (lower $key) (lower $.Values.workload.type) -}}
{{- if eq $key "service" -}}
{{- $isMade = include "service.hasService" $ | not | not -}}
{{- end -}}
{{- $_ := $isMade | ternary (dict "template" (printf "service.%s" $key) "argument" $) dict | set $objects $key -}}
{{- end -}}
{{- include "common.overlay.refused" (dict "root" . "objects" $objects) -}}
{{- range $key, $path := dict "deployment" "template" "statefulSet" "template" "cronJob" "jobTemplate.spec.template" "job" "template" -}}
{{- $template := get $.Values.overlay $key -}}
{{- range splitList "." $path -}}
{{- $template = get ($template | default dict) . -}}
{{- end -}}
{{- range $label, $_ := dig "metadata" "labels" dict ($template | default dict) -}}
{{- if has $label (list "app.kubernetes.io/name" "app.kubernetes.io/instance") }}
overlay.{{ $key }}.{{ $path }}.metadata.labels has {{ $label }}, by which the pods are selected; want other labels; remove it
{{- end -}}
{{- end -}}
{{- end -}}
{{- end -}}
