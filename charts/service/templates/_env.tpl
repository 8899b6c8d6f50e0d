{{- /*
service.springEnv: Spring's environment variables, a map of text by name. Call: include "service.springEnv" $ | fromYaml
*/ -}}
{{- define "service.springEnv" -}}
{{- with .Values.spring -}}
{{- if .enabled -}}
SERVER_SHUTDOWN: graceful
SPRING_LIFECYCLE_TIMEOUT_PER_SHUTDOWN_PHASE: {{ int .shutdownTimeoutSeconds }}s
{{- with .profiles }}
SPRING_PROFILES_ACTIVE: {{ join "," . | quote }}
{{- end }}
{{- with .managementPort }}
MANAGEMENT_SERVER_PORT: {{ int . | quote }}
{{- end }}
{{- if hasKey (include "service.objectives" $ | fromYaml) "latency" }}
MANAGEMENT_METRICS_DISTRIBUTION_SLO_HTTP_SERVER_REQUESTS: {{ int $.Values.prometheusRule.slo.latency.thresholdMilliseconds }}ms
{{- end }}
{{- end -}}
{{- end -}}
{{- end -}}

{{- /*
service.env: the container's environment, by name. Texts that use $(NAME) come last, since Kubernetes
replaces only what was defined before. Call: include "service.env" $
*/ -}}
{{- define "service.env" -}}
{{- $plain := list -}}
{{- $using := list -}}
{{- range $name, $source := merge (include "service.springEnv" . | fromYaml) .Values.env -}}
{{- if not (kindIs "string" $source) -}}
{{- $plain = append $plain (dict "name" $name "valueFrom" $source) -}}
{{- else if contains "$(" $source -}}
{{- $using = append $using (dict "name" $name "value" $source) -}}
{{- else -}}
{{- $plain = append $plain (dict "name" $name "value" $source) -}}
{{- end -}}
{{- end -}}
{{- with concat $plain $using -}}
{{ toYaml . }}
{{- end -}}
{{- end -}}
