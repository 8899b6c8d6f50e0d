{{- /*
service.springEnv: what Spring is told, by variable, each with the key of the values that says so, as JSON.
Call: include "service.springEnv" $ | fromJson
*/ -}}
{{- define "service.springEnv" -}}
{{- $own := dict -}}
{{- with .Values.spring -}}
{{- if .enabled -}}
{{- $_ := printf "%ds" (int .shutdownTimeoutSeconds) | dict "key" "spring.shutdownTimeoutSeconds" "value" | set $own "SPRING_LIFECYCLE_TIMEOUT_PER_SHUTDOWN_PHASE" -}}
{{- with .profiles -}}
{{- $_ := join "," . | dict "key" "spring.profiles" "value" | set $own "SPRING_PROFILES_ACTIVE" -}}
{{- end -}}
{{- if .configTree -}}
{{- $_ := dict "key" "spring.configTree" "value" "optional:configtree:/etc/config-tree/" | set $own "SPRING_CONFIG_IMPORT" -}}
{{- end -}}
{{- if $.Values.rotation.secret -}}
{{- $_ := include "common.milliseconds" $.Values.rotation.maxLifetime | dict "key" "rotation.maxLifetime" "value" | set $own "SPRING_DATASOURCE_HIKARI_MAXLIFETIME" -}}
{{- end -}}
{{- if include "service.isBatch" $ -}}
{{- /* A web server would keep the work from ever ending. */ -}}
{{- $_ := dict "key" "workload.type" "value" "none" | set $own "SPRING_MAIN_WEB_APPLICATION_TYPE" -}}
{{- else -}}
{{- $_ := dict "key" "spring.enabled" "value" "graceful" | set $own "SERVER_SHUTDOWN" -}}
{{- $_ := dict "key" "spring.enabled" "value" "true" | set $own "MANAGEMENT_ENDPOINT_HEALTH_PROBES_ENABLED" -}}
{{- /* /livez and /readyz on the port for traffic too, whatever port actuator has. */ -}}
{{- $_ := dict "key" "spring.enabled" "value" "true" | set $own "MANAGEMENT_ENDPOINT_HEALTH_PROBES_ADD_ADDITIONAL_PATHS" -}}
{{- /* Spring exposes `health` alone, and answers 404 to who comes for the metrics. */ -}}
{{- $scraped := and $.Values.serviceMonitor.enabled (eq $.Values.serviceMonitor.path "/actuator/prometheus") -}}
{{- $endpoints := concat (list "health") ($scraped | ternary (list "prometheus") list) .endpoints | uniq | sortAlpha -}}
{{- $_ := join "," $endpoints | dict "key" "spring.endpoints" "value" | set $own "MANAGEMENT_ENDPOINTS_WEB_EXPOSURE_INCLUDE" -}}
{{- if $.Values.jvm.enabled -}}
{{- /* The other fifty of jvm.threads are the virtual machine's own, schedulers and pools. */ -}}
{{- $_ := sub (int $.Values.jvm.threads) 50 | toString | dict "key" "jvm.threads" "value" | set $own "SERVER_TOMCAT_THREADS_MAX" -}}
{{- end -}}
{{- with .managementPort -}}
{{- $_ := int . | toString | dict "key" "spring.managementPort" "value" | set $own "MANAGEMENT_SERVER_PORT" -}}
{{- end -}}
{{- $latency := $.Values.prometheusRule.slo.latency -}}
{{- if and $latency.objective (include "service.hasObjectives" $) -}}
{{- $_ := printf "%dms" (int $latency.thresholdMilliseconds) | dict "key" "prometheusRule.slo.latency.thresholdMilliseconds" "value" | set $own "MANAGEMENT_METRICS_DISTRIBUTION_SLO_HTTP_SERVER_REQUESTS" -}}
{{- end -}}
{{- range $group, $indicators := .healthGroups -}}
{{- if $indicators -}}
{{- $members := printf "%sState" $group | prepend $indicators | join "," -}}
{{- $_ := dict "key" (printf "spring.healthGroups.%s" $group) "value" $members | set $own (printf "MANAGEMENT_ENDPOINT_HEALTH_GROUP_%s_INCLUDE" (upper $group)) -}}
{{- end -}}
{{- end -}}
{{- end -}}
{{- end -}}
{{- end -}}
{{- toJson $own -}}
{{- end -}}

{{- /*
service.springMounts: each Secret of the config tree as a folder; folder and file together are the name of a property.
Call: include "service.springMounts" $ | fromJsonArray
*/ -}}
{{- define "service.springMounts" -}}
{{- $mounts := list -}}
{{- if .Values.spring.enabled -}}
{{- range $prefix, $secret := .Values.spring.configTree -}}
{{- $mounts = append $mounts (dict
      "name" (printf "config-tree-%s" (replace "." "-" $prefix))
      "mountPath" (printf "/etc/config-tree/%s" $prefix)
      "readOnly" true
      "volume" (dict "secret" $secret)) -}}
{{- end -}}
{{- end -}}
{{- toJson $mounts -}}
{{- end -}}
