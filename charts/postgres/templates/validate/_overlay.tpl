{{- /* A patch lies over what is rendered, and leaves to values what values do. */ -}}
{{- define "postgres.validate.overlay" -}}
{{- $cluster := include "postgres.clusters" . | fromJsonArray | first -}}
{{- $of := dict "root" $ "cluster" $cluster -}}
{{- $objects := dict "pooler" dict "scheduledBackup" dict "objectStore" dict -}}
{{- $_ := dict "template" "postgres.cluster" "argument" $of | set $objects "cluster" -}}
{{- range $name, $pooler := .Values.poolers -}}
{{- $_ := dict "root" $ "cluster" $cluster.name "name" $name "pooler" $pooler | dict "template" "postgres.pooler" "argument" | set $objects "pooler" -}}
{{- end -}}
{{- range $name, $backup := include "postgres.schedules" $ | fromJson -}}
{{- $_ := merge (dict "name" $name "backup" $backup) $of | dict "template" "postgres.scheduledBackup" "argument" | set $objects "scheduledBackup" -}}
{{- end -}}
{{- range $store := include "postgres.objectStores" . | fromJsonArray -}}
{{- $_ := dict "root" $ "store" $store | dict "template" "postgres.objectStore" "argument" | set $objects "objectStore" -}}
{{- end -}}
{{- range $key := list "podDisruptionBudget" "podMonitor" "prometheusRule" "certificate" -}}
{{- $_ := dict "template" (printf "postgres.object.%s" $key) "argument" $ | set $objects $key -}}
{{- end -}}
{{- include "common.overlay.refused" (dict "root" $ "objects" $objects) -}}
{{- end -}}

{{- /* postgres.object.podMonitor: those of instances and of poolers. Call: include "postgres.object.podMonitor" $ */ -}}
{{- define "postgres.object.podMonitor" -}}
{{ include "postgres.object.instancePodMonitors" . }}
---
{{ include "postgres.object.poolerPodMonitors" . }}
{{- end -}}

{{- /* postgres.object.certificate: those of servers and of standbys. Call: include "postgres.object.certificate" $ */ -}}
{{- define "postgres.object.certificate" -}}
{{ include "postgres.object.serverCertificates" . }}
---
{{ include "postgres.object.clientCertificates" . }}
{{- end -}}
