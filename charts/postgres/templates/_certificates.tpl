{{- /*
postgres.serverNames: every host name that clients may know a cluster by, as a JSON list: its Services, its poolers',
and those of `certificates.names`. Call: include "postgres.serverNames" (dict "root" $ "cluster" "accounts-db") | fromJsonArray
*/ -}}
{{- define "postgres.serverNames" -}}
{{- $services := list -}}
{{- range $suffix := list "rw" "ro" "r" -}}
{{- $services = printf "%s-%s" $.cluster $suffix | append $services -}}
{{- end -}}
{{- $services = concat $services (include "postgres.poolerNames" . | fromJsonArray) -}}
{{- range .root.Values.services.additional -}}
{{- $services = append $services .serviceTemplate.metadata.name -}}
{{- end -}}
{{- $names := list -}}
{{- range $service := $services -}}
{{- range $domain := list "" (printf ".%s" $.root.Release.Namespace) (printf ".%s.svc" $.root.Release.Namespace) -}}
{{- $names = printf "%s%s" $service $domain | append $names -}}
{{- end -}}
{{- end -}}
{{- concat $names .root.Values.certificates.names | toJson -}}
{{- end -}}

{{- /*
postgres.extraNames: what the operator's own certificate must name beside the cluster's Services, as a JSON list.
Call: include "postgres.extraNames" (dict "root" $ "cluster" "accounts-db") | fromJsonArray
*/ -}}
{{- define "postgres.extraNames" -}}
{{- $names := list -}}
{{- range $name := include "postgres.serverNames" . | fromJsonArray -}}
{{- if not (regexMatch (printf "^%s-(rw|ro|r)(\\.|$)" $.cluster) $name) -}}
{{- $names = append $names $name -}}
{{- end -}}
{{- end -}}
{{- toJson $names -}}
{{- end -}}

{{- /*
postgres.poolerNames: names of a cluster's poolers, as a JSON list. Call: include "postgres.poolerNames" (dict "root" $ "cluster" "accounts-db") | fromJsonArray
*/ -}}
{{- define "postgres.poolerNames" -}}
{{- $names := list -}}
{{- range $name, $_ := .root.Values.poolers -}}
{{- $names = include "postgres.poolerName" (dict "cluster" $.cluster "name" $name) | append $names -}}
{{- end -}}
{{- toJson $names -}}
{{- end -}}

{{- /*
postgres.authoritySecret: Secret whose `ca.crt` verifies the servers. Call: include "postgres.authoritySecret" (dict "root" $ "cluster" "accounts-db")
*/ -}}
{{- define "postgres.authoritySecret" -}}
{{- with .root.Values.certificates.secrets.serverCA -}}
{{ . }}
{{- else -}}
{{ .cluster }}-{{ .root.Values.certificates.issuerRef | empty | ternary "ca" "server-tls" }}
{{- end -}}
{{- end -}}

{{- /*
postgres.certificateLife: how long a certificate lives, and that a renewed one has a new key and is taken by the
instances without a restart. Call: include "postgres.certificateLife" $
*/ -}}
{{- define "postgres.certificateLife" -}}
duration: {{ .Values.certificates.duration | quote }}
renewBefore: {{ .Values.certificates.renewBefore | quote }}
privateKey:
  algorithm: ECDSA
  size: 256
  rotationPolicy: Always
secretTemplate:
  labels:
    cnpg.io/reload: ''
{{- end -}}
