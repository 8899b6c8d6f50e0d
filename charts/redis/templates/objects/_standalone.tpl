{{- /*
redis.standalone: the manifest of the Redis. Call: include "redis.standalone" $
*/ -}}
{{- define "redis.standalone" -}}
apiVersion: redis.redis.opstreelabs.in/v1beta2
kind: Redis
metadata:
  name: {{ include "redis.name" . | quote }}
  namespace: {{ .Release.Namespace | quote }}
  labels: {{- include "redis.memberLabels" . | nindent 4 }}
  annotations: {{- include "redis.memberAnnotations" . | nindent 4 }}
spec:
  kubernetesConfig: {{- include "redis.kubernetesConfig" (dict "root" . "image" .Values.image "at" "image" "resources" (include "redis.serverResources" .)) | nindent 4 }}
  redisConfig:
    additionalRedisConfig: {{ include "redis.name" . | quote }}
    {{- with include "redis.dynamicConfiguration" . | trim }}
    dynamicConfig: {{- . | nindent 6 }}
    {{- end }}
  securityContext: {{- include "redis.securityContext" . | nindent 4 }}
  terminationGracePeriodSeconds: {{ int .Values.terminationGracePeriodSeconds }}
  readinessProbe: {{- toYaml .Values.readinessProbe | nindent 4 }}
  livenessProbe: {{- include "redis.livenessProbe" . | nindent 4 }}
  {{- with include "redis.placement" (dict "root" . "labels" (include "redis.serverLabels" .)) | trim }}
  {{- . | nindent 2 }}
  {{- end }}
  {{- include "redis.storage" . | trim | nindent 2 }}
  {{- include "redis.common" . | trim | nindent 2 }}
{{- end -}}
