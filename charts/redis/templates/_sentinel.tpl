{{- /*
redis.quorum: a majority of the Sentinels. Call: include "redis.quorum" $
*/ -}}
{{- define "redis.quorum" -}}
{{- add 1 (div .Values.sentinel.members 2) -}}
{{- end -}}

{{- /*
redis.sentinelPasswordKey: the key of the Sentinels' own password; nothing where it is that of `default`.
Call: include "redis.sentinelPasswordKey" $
*/ -}}
{{- define "redis.sentinelPasswordKey" -}}
{{- if and (include "redis.hasOwnSentinels" .) .Values.auth.enabled -}}
{{- .Values.sentinel.passwordKey | default "" -}}
{{- end -}}
{{- end -}}

{{- /*
redis.sentinelTimes: when a master is dead, and how long a failover may take; the operator takes texts.
Call: include "redis.sentinelTimes" $
*/ -}}
{{- define "redis.sentinelTimes" -}}
{{- with .Values.sentinel -}}
downAfterMilliseconds: {{ int .downAfterMilliseconds | quote }}
failoverTimeout: {{ int .failoverTimeoutMilliseconds | quote }}
parallelSyncs: {{ int .parallelSyncs | quote }}
{{- end -}}
{{- end -}}

{{- /*
redis.embeddedSentinel: the Sentinels inside a RedisReplication; the operator counts their quorum itself.
Call: include "redis.embeddedSentinel" $
*/ -}}
{{- define "redis.embeddedSentinel" -}}
{{- $labels := include "redis.sentinelLabels" . -}}
{{- $sentinel := .Values.sentinel -}}
size: {{ int $sentinel.members }}
image: {{ include "redis.image" (dict "image" $sentinel.image "at" "sentinel.image") | quote }}
imagePullPolicy: {{ .Values.image.pullPolicy }}
{{- with .Values.image.pullSecrets }}
imagePullSecrets:
  {{- range . }}
  - name: {{ . | quote }}
  {{- end }}
{{- end }}
{{ include "redis.sentinelTimes" . }}
resources: {{- include "redis.withDisk" (dict "resources" $sentinel.resources) | nindent 2 }}
podSecurityContext: {{- include "redis.podSecurityContext" . | nindent 2 }}
securityContext: {{- include "redis.embeddedSentinelSecurityContext" . | nindent 2 }}
serviceAccountName: {{ include "redis.name" . | quote }}
{{- with .Values.priorityClassName }}
priorityClassName: {{ . | quote }}
{{- end }}
{{- include "redis.placement" (dict "root" . "labels" $labels) }}
{{- include "redis.spread" (dict "root" . "labels" $labels) }}
{{- end -}}
