{{- /* A patch lies over what is rendered, and leaves to values what values do. */ -}}
{{- define "kafka.validate.overlay" -}}
{{- $objects := dict "kafka" (dict "template" "kafka.kafka" "argument" .) "connect" dict "mirrorMaker" dict "registry" dict -}}
{{- range $name, $pool := include "kafka.pools" . | fromYaml -}}
{{- $_ := dict "root" $ "name" $name "pool" $pool | dict "template" "kafka.nodePool" "argument" | set $objects "nodePool" -}}
{{- end -}}
{{- range $key, $template := dict "connect" "connect" "mirror" "mirrorMaker" "registry" "registryDeployment" -}}
{{- if (get $.Values $key).enabled -}}
{{- $patch := eq $key "mirror" | ternary "mirrorMaker" $key -}}
{{- $_ := dict "template" (printf "kafka.%s" $template) "argument" $ | set $objects $patch -}}
{{- end -}}
{{- end -}}
{{- range $key := list "podMonitor" "prometheusRule" "service" "podDisruptionBudget" "certificate" "job" -}}
{{- $template := eq $key "podMonitor" | ternary "kafka.object.podMonitors" (printf "kafka.object.%s" $key) -}}
{{- $_ := dict "template" $template "argument" $ | set $objects $key -}}
{{- end -}}
{{- range $key := list "users" "connectors" -}}
{{- $_ := dict "template" (printf "kafka.object.%s" $key) "argument" $ "isNamed" true | set $objects $key -}}
{{- end -}}
{{- include "common.overlay.refused" (dict "root" . "objects" $objects) -}}
{{- end -}}

{{- /* kafka.object.podMonitors: both of them. Call: include "kafka.object.podMonitors" $ */ -}}
{{- define "kafka.object.podMonitors" -}}
{{ include "kafka.object.podMonitor" . }}
---
{{ include "kafka.object.registryPodMonitor" . }}
{{- end -}}
