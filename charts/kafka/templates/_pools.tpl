{{- /*
kafka.pools: every node pool by name, with its roles and what it takes from `brokers`. Call: include "kafka.pools" $ | fromYaml
*/ -}}
{{- define "kafka.pools" -}}
{{- $brokers := deepCopy .Values.brokers -}}
{{- $pools := dict -}}
{{- if .Values.controllers.enabled -}}
{{- $_ := set $pools "controllers" (merge (dict "roles" (list "controller")) (omit .Values.controllers "enabled")) -}}
{{- $_ := set $brokers "roles" (list "broker") -}}
{{- else -}}
{{- $_ := set $brokers "roles" (list "broker" "controller") -}}
{{- end -}}
{{- $_ := set $pools "brokers" $brokers -}}
{{- range $name, $pool := .Values.extraPools -}}
{{- $whole := merge (dict "roles" (list "broker")) $pool (omit $brokers "roles") -}}
{{- /* merge takes 0 for nothing. */ -}}
{{- $_ := set $pools $name (set $whole "replicas" (int $pool.replicas)) -}}
{{- end -}}
{{- toYaml $pools -}}
{{- end -}}

{{- /*
kafka.brokerCount: brokers of all pools. Call: include "kafka.brokerCount" $ | int
*/ -}}
{{- define "kafka.brokerCount" -}}
{{- $count := int .Values.brokers.replicas -}}
{{- range .Values.extraPools -}}
{{- $count = add $count (int .replicas) -}}
{{- end -}}
{{- $count -}}
{{- end -}}
