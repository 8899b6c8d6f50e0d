{{- /* A patch lies over what is rendered, and leaves to values what values do. */ -}}
{{- define "redis.validate.overlay" -}}
{{- $made := dict
      "replication" (has .Values.mode (list "replication" "sentinel"))
      "sentinel" (include "redis.hasOwnSentinels" . | eq "true")
      "cluster" (eq .Values.mode "cluster")
      "standalone" (eq .Values.mode "standalone")
      "backup" .Values.backup.enabled -}}
{{- $objects := dict -}}
{{- range $key, $isMade := $made -}}
{{- $_ := $isMade | ternary (dict "template" (printf "redis.%s" $key) "argument" $) dict | set $objects $key -}}
{{- end -}}
{{- range $key := list "podDisruptionBudget" "podMonitor" "prometheusRule" "certificate" -}}
{{- $_ := dict "template" (printf "redis.object.%s" $key) "argument" $ | set $objects $key -}}
{{- end -}}
{{- include "common.overlay.refused" (dict "root" . "objects" $objects) -}}
{{- end -}}
