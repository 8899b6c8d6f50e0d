{{- /*
redis.configuration: what is included at the end of redis.conf, where it wins over what the operator wrote before it.
Call: include "redis.configuration" $
*/ -}}
{{- define "redis.configuration" -}}
{{- $plan := include "redis.plan" . | fromYaml -}}
dir /data
maxmemory {{ include "redis.maxMemory" . }}
maxmemory-policy {{ $plan.policy }}
{{ include "redis.persistence" $plan.persistence }}
{{- if $plan.minReplicasToWrite }}
min-replicas-to-write {{ int $plan.minReplicasToWrite }}
min-replicas-max-lag 10
{{- end }}
{{- if .Values.tls.enabled }}
tls-protocols "TLSv1.2 TLSv1.3"
{{- end }}
{{- if include "redis.aclSecretName" . }}
aclfile /users/user.acl
{{- end }}
{{- range $name, $value := .Values.config }}
{{ $name }} {{ $value }}
{{- end }}
{{- end -}}

{{- /*
redis.persistence: the directives of a preset. The first `save` forgets the operator's own three. Where nothing is kept, nor
is the file of a copy between members.
Call: include "redis.persistence" "aof"
*/ -}}
{{- define "redis.persistence" -}}
save ""
{{- if eq . "none" }}
rdb-del-sync-files yes
{{- else if eq . "rdb" }}
save 3600 1
save 300 100
save 60 10000
{{- end }}
{{- if hasPrefix "aof" . }}
appendonly yes
appendfilename "appendonly.aof"
appendfsync {{ eq . "aofAlways" | ternary "always" "everysec" }}
{{- else }}
appendonly no
{{- end }}
{{- end -}}

{{- /*
redis.dynamicConfiguration: what the operator sets on running servers, a list. Call: include "redis.dynamicConfiguration" $
*/ -}}
{{- define "redis.dynamicConfiguration" -}}
{{- range $name, $value := .Values.dynamicConfig }}
- {{ printf "%s %s" $name $value | quote }}
{{- end }}
{{- end -}}
