{{- /*
redis.podSecurityContext: the pods' security context; the image's own user is 1000. Call: include "redis.podSecurityContext" $
*/ -}}
{{- define "redis.podSecurityContext" -}}
{{- include "common.podSecurityContext" (dict "override" (dict "runAsUser" 1000 "runAsGroup" 1000 "fsGroup" 1000)) -}}
{{- end -}}

{{- /*
redis.securityContext: a container's security context. Call: include "redis.securityContext" $
*/ -}}
{{- define "redis.securityContext" -}}
{{- $override := dict "runAsUser" 1000 "runAsGroup" 1000 -}}
{{- if not .Values.operator.configurationInInitContainer -}}
{{- $_ := set $override "readOnlyRootFilesystem" false -}}
{{- end -}}
{{- include "common.containerSecurityContext" (dict "override" $override) -}}
{{- end -}}

{{- /*
redis.embeddedSentinelSecurityContext: the operator gives its embedded Sentinels no volume, and a Sentinel writes its
configuration. Call: include "redis.embeddedSentinelSecurityContext" $
*/ -}}
{{- define "redis.embeddedSentinelSecurityContext" -}}
{{- include "common.containerSecurityContext" (dict "override" (dict "runAsUser" 1000 "runAsGroup" 1000 "readOnlyRootFilesystem" false)) -}}
{{- end -}}
