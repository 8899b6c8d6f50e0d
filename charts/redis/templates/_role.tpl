{{- /*
redis.role: what leaders and followers of a cluster each have. Call: include "redis.role" (dict "root" $ "role" "leader")
*/ -}}
{{- define "redis.role" -}}
{{- $labels := printf "app: %q\nrole: %s" (include "common.fullname" (dict "root" .root "suffix" .role)) .role -}}
{{- with .root -}}
redisConfig:
  additionalRedisConfig: {{ include "redis.name" . | quote }}
securityContext: {{- include "redis.securityContext" . | nindent 2 }}
terminationGracePeriodSeconds: {{ int .Values.terminationGracePeriodSeconds }}
readinessProbe: {{- toYaml .Values.readinessProbe | nindent 2 }}
livenessProbe: {{- include "redis.livenessProbe" . | nindent 2 }}
{{- include "redis.placement" (dict "root" . "labels" $labels) }}
{{- include "redis.spread" (dict "root" . "labels" $labels) }}
{{- end -}}
{{- end -}}
