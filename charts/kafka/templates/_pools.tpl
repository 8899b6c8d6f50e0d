{{- /*
kafka.pools: every node pool by name, with its roles, what it takes from `brokers`, and where its values are (`at`). Call: include "kafka.pools" $ | fromYaml
*/ -}}
{{- define "kafka.pools" -}}
{{- $brokers := set (deepCopy .Values.brokers) "at" "brokers" -}}
{{- $pools := dict -}}
{{- if .Values.controllers.enabled -}}
{{- $_ := set $pools .Values.controllers.pool (merge (dict "roles" (list "controller") "at" "controllers") (omit .Values.controllers "enabled")) -}}
{{- $_ := set $brokers "roles" (list "broker") -}}
{{- else -}}
{{- $_ := set $brokers "roles" (list "controller" "broker") -}}
{{- end -}}
{{- $_ := set $pools .Values.brokers.pool $brokers -}}
{{- range $name, $pool := .Values.extraPools -}}
{{- $whole := merge (dict "roles" (list "broker") "at" (printf "extraPools.%s" $name)) $pool (omit $brokers "roles" "at") -}}
{{- /* merge takes 0 for nothing. */ -}}
{{- $_ := set $pools $name (set $whole "replicas" (int $pool.replicas)) -}}
{{- end -}}
{{- range $pool := $pools -}}
{{- $_ := include "kafka.withClass" (dict "root" $ "pool" $pool) -}}
{{- end -}}
{{- toYaml $pools -}}
{{- end -}}

{{- /*
kafka.withClass: gives the volumes of a pool that name no class the one of `storageClass`; yields nothing.
Call: include "kafka.withClass" (dict "root" $ "pool" $pool)
*/ -}}
{{- define "kafka.withClass" -}}
{{- $volumes := list -}}
{{- range .pool.volumes -}}
{{- $class := and (eq .type "persistent-claim") $.root.Values.storageClass -}}
{{- $volumes = append $volumes (empty $class | ternary . (merge (deepCopy .) (dict "class" $class))) -}}
{{- end -}}
{{- $_ := set .pool "volumes" $volumes -}}
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
