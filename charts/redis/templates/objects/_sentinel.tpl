{{- /*
redis.sentinel: the manifest of the RedisSentinel. Call: include "redis.sentinel" $
*/ -}}
{{- define "redis.sentinel" -}}
{{- $labels := include "redis.sentinelLabels" . -}}
apiVersion: redis.redis.opstreelabs.in/v1beta2
kind: RedisSentinel
metadata:
  name: {{ include "redis.name" . | quote }}
  namespace: {{ .Release.Namespace | quote }}
  labels: {{- include "redis.memberLabels" . | nindent 4 }}
  annotations: {{- include "redis.memberAnnotations" . | nindent 4 }}
spec:
  clusterSize: {{ int .Values.sentinel.members }}
  podManagementPolicy: Parallel
  kubernetesConfig: {{- include "redis.kubernetesConfig" (dict "root" . "image" .Values.sentinel.image "at" "sentinel.image" "resources" (include "redis.withDisk" (dict "resources" .Values.sentinel.resources)) "passwordKey" (include "redis.sentinelPasswordKey" .)) | nindent 4 }}
  redisSentinelConfig:
    redisReplicationName: {{ include "redis.name" . | quote }}
    masterGroupName: mymaster
    quorum: {{ include "redis.quorum" . | quote }}
    {{- include "redis.sentinelTimes" . | nindent 4 }}
    additionalSentinelConfig: {{ include "redis.name" . | quote }}
    {{- if .Values.auth.enabled }}
    redisReplicationPassword:
      secretKeyRef:
        name: {{ include "redis.authSecretName" . | quote }}
        key: {{ .Values.auth.secret.key | quote }}
    {{- end }}
  securityContext: {{- include "redis.securityContext" . | nindent 4 }}
  podSecurityContext: {{- include "redis.podSecurityContext" . | nindent 4 }}
  serviceAccountName: {{ include "redis.name" . | quote }}
  {{- with .Values.priorityClassName }}
  priorityClassName: {{ . | quote }}
  {{- end }}
  readinessProbe: {{- toYaml .Values.readinessProbe | nindent 4 }}
  livenessProbe: {{- include "redis.sentinelLivenessProbe" . | nindent 4 }}
  # Here it only says what the operator's own init container may do.
  initContainer:
    enabled: false
    image: {{ include "redis.image" (dict "image" .Values.sentinel.image "at" "sentinel.image") | quote }}
    securityContext: {{- include "redis.securityContext" . | nindent 6 }}
  {{- with include "redis.tls" . | trim }}
  {{- . | nindent 2 }}
  {{- end }}
  {{- with include "redis.exporter" . | trim }}
  {{- . | nindent 2 }}
  {{- end }}
  {{- with include "redis.placement" (dict "root" . "labels" $labels) | trim }}
  {{- . | nindent 2 }}
  {{- end }}
  {{- with include "redis.spread" (dict "root" . "labels" $labels) | trim }}
  {{- . | nindent 2 }}
  {{- end }}
{{- end -}}
