{{- /*
service.springEnv: what Spring is told, by variable, each with the key of the values that says so.
Call: include "service.springEnv" $ | fromYaml
*/ -}}
{{- define "service.springEnv" -}}
{{- $batch := include "service.isBatch" . -}}
{{- with .Values.spring -}}
{{- if .enabled -}}
SPRING_LIFECYCLE_TIMEOUT_PER_SHUTDOWN_PHASE: { key: spring.shutdownTimeoutSeconds, value: {{ int .shutdownTimeoutSeconds }}s }
{{- with .profiles }}
SPRING_PROFILES_ACTIVE: { key: spring.profiles, value: {{ join "," . | quote }} }
{{- end }}
{{- if .configTree }}
SPRING_CONFIG_IMPORT: { key: spring.configTree, value: 'optional:configtree:/etc/config-tree/' }
{{- end }}
{{- if $batch }}
# A web server would keep the work from ever ending.
SPRING_MAIN_WEB_APPLICATION_TYPE: { key: workload.type, value: none }
{{- else }}
SERVER_SHUTDOWN: { key: spring.enabled, value: graceful }
MANAGEMENT_ENDPOINT_HEALTH_PROBES_ENABLED: { key: spring.enabled, value: 'true' }
{{- with .managementPort }}
MANAGEMENT_SERVER_PORT: { key: spring.managementPort, value: {{ int . | quote }} }
{{- end }}
{{- if hasKey (include "service.objectives" $ | fromYaml) "latency" }}
MANAGEMENT_METRICS_DISTRIBUTION_SLO_HTTP_SERVER_REQUESTS: { key: prometheusRule.slo.latency.thresholdMilliseconds, value: {{ int $.Values.prometheusRule.slo.latency.thresholdMilliseconds }}ms }
{{- end }}
{{- range $group, $indicators := .healthGroups }}
{{- if $indicators }}
MANAGEMENT_ENDPOINT_HEALTH_GROUP_{{ upper $group }}_INCLUDE: { key: spring.healthGroups.{{ $group }}, value: {{ printf "%sState" $group | prepend $indicators | join "," | quote }} }
{{- end }}
{{- end }}
{{- end }}
{{- end -}}
{{- end -}}
{{- end -}}

{{- /*
service.springMounts: each Secret of the config tree as a folder; folder and file together are the name of a property.
Call: include "service.springMounts" $
*/ -}}
{{- define "service.springMounts" -}}
{{- if .Values.spring.enabled }}
{{- range $prefix, $secret := .Values.spring.configTree }}
- name: {{ printf "config-tree-%s" (replace "." "-" $prefix) }}
  mountPath: {{ printf "/etc/config-tree/%s" $prefix }}
  readOnly: true
  volume:
    secret: {{- toYaml $secret | nindent 6 }}
{{- end }}
{{- end }}
{{- end -}}
