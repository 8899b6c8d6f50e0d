{{- /*
redis.dnsNames: every name under which the operator's Services and pods are called. Call: include "redis.dnsNames" $
*/ -}}
{{- define "redis.dnsNames" -}}
{{- $suffixes := dict
      "cluster" (list "leader" "follower" "master")
      "replication" (list "" "master" "replica")
      "sentinel" (list "" "master" "replica" "sentinel")
      "standalone" (list "") -}}
{{- $headless := dict
      "cluster" (list "leader-headless" "follower-headless")
      "replication" (list "headless")
      "sentinel" (list "headless" "sentinel-headless")
      "standalone" (list "headless") -}}
- localhost
{{- range $suffix := get $suffixes .Values.mode }}
{{- include "redis.serviceNames" (dict "root" $ "name" (include "common.fullname" (dict "root" $ "suffix" $suffix))) }}
{{- end }}
{{- range $suffix := get $headless .Values.mode }}
{{- include "redis.serviceNames" (dict "root" $ "name" (printf "*.%s" (include "common.fullname" (dict "root" $ "suffix" $suffix)))) }}
{{- end }}
{{- range .Values.tls.dnsNames }}
- {{ . | quote }}
{{- end }}
{{- end -}}

{{- /*
redis.serviceNames: the names of one Service, short to long; a wildcard has a namespace at least.
Call: include "redis.serviceNames" (dict "root" $ "name" "sessions-master")
*/ -}}
{{- define "redis.serviceNames" -}}
{{- $namespace := .root.Release.Namespace }}
{{- if not (hasPrefix "*" .name) }}
- {{ .name | quote }}
{{- end }}
- {{ printf "%s.%s" .name $namespace | quote }}
- {{ printf "%s.%s.svc" .name $namespace | quote }}
- {{ printf "%s.%s.svc.cluster.local" .name $namespace | quote }}
{{- end -}}
