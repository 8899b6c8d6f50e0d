{{- /* A patch lies over what is rendered, and leaves to values what values do. */ -}}
{{- define "service.validate.overlay" -}}
{{- $objects := dict -}}
{{- range $key := list "deployment" "statefulSet" "cronJob" "job" "service" -}}
{{- $isMade := eq (lower $key) (lower $.Values.workload.type) -}}
{{- if eq $key "service" -}}
{{- $isMade = include "service.hasService" $ | not | not -}}
{{- end -}}
{{- $_ := $isMade | ternary (dict "template" (printf "service.%s" $key) "argument" $ "not" "migration.") dict | set $objects $key -}}
{{- end -}}
{{- $_ := dict "template" "service.migration" "argument" $ "not" "workload." | set $objects "migration" -}}
{{- range $key := list "headlessService" "verticalPodAutoscaler" "serviceMonitor" "destinationRule" -}}
{{- $_ := dict "template" (printf "service.object.%s" $key) "argument" $ | set $objects $key -}}
{{- end -}}
{{- $_ := dict "template" "service.object.persistentVolumeClaims" "argument" $ "isNamed" true | set $objects "persistentVolumeClaims" -}}
{{- include "common.overlay.refused" (dict "root" . "objects" $objects) -}}
{{- end -}}
