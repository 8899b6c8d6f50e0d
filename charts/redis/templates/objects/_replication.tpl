{{- /*
redis.replication: the manifest of the RedisReplication. Call: include "redis.replication" $
*/ -}}
{{- define "redis.replication" -}}
{{- $labels := include "redis.serverLabels" . -}}
apiVersion: redis.redis.opstreelabs.in/v1beta2
kind: RedisReplication
metadata:
  name: {{ include "redis.name" . | quote }}
  namespace: {{ .Release.Namespace | quote }}
  labels: {{- include "redis.memberLabels" . | nindent 4 }}
  annotations: {{- include "redis.memberAnnotations" . | nindent 4 }}
spec:
  clusterSize: {{ int .Values.replication.members }}
  kubernetesConfig: {{- include "redis.kubernetesConfig" (dict "root" . "image" .Values.image "at" "image" "resources" (include "redis.serverResources" .)) | nindent 4 }}
  redisConfig:
    additionalRedisConfig: {{ include "redis.name" . | quote }}
    {{- with include "redis.dynamicConfiguration" . | trim }}
    dynamicConfig: {{- . | nindent 6 }}
    {{- end }}
  {{- if and (eq .Values.mode "sentinel") (not (include "redis.hasOwnSentinels" .)) }}
  sentinel: {{- include "redis.embeddedSentinel" . | nindent 4 }}
  {{- end }}
  securityContext: {{- include "redis.securityContext" . | nindent 4 }}
  terminationGracePeriodSeconds: {{ int .Values.terminationGracePeriodSeconds }}
  readinessProbe: {{- toYaml .Values.readinessProbe | nindent 4 }}
  livenessProbe: {{- include "redis.livenessProbe" . | nindent 4 }}
  {{- with include "redis.placement" (dict "root" . "labels" $labels) | trim }}
  {{- . | nindent 2 }}
  {{- end }}
  {{- with include "redis.spread" (dict "root" . "labels" $labels) | trim }}
  {{- . | nindent 2 }}
  {{- end }}
  {{- include "redis.storage" . | trim | nindent 2 }}
  {{- include "redis.common" . | trim | nindent 2 }}
{{- end -}}
