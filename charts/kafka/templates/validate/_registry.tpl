{{- /* The registry reaches the brokers, is known by a certificate, and knows who calls. */ -}}
{{- define "kafka.validate.registry" -}}
{{- with .Values.registry -}}
{{- if .enabled -}}
{{- if not (include "kafka.ownListener" $) }}
registry.enabled is true and no listener is internal with TLS and certificates; want one for the registry; set listeners.tls.enabled to true
{{- end -}}
{{- with include "common.image.problem" (dict "image" .image "at" "registry.image") }}
{{ . }}
{{- end -}}
{{- if not (or .tls.issuerRef .tls.secretName) }}
registry.tls.issuerRef and registry.tls.secretName are both empty, so there is no certificate; want one of them; set registry.tls.issuerRef to an issuer of cert-manager, or registry.tls.secretName to a Secret with tls.crt, tls.key and ca.crt
{{- end -}}
{{- if ge (include "common.milliseconds" .tls.renewBefore | int64) (include "common.milliseconds" .tls.duration | int64) }}
registry.tls.renewBefore is {{ .tls.renewBefore }} and registry.tls.duration is {{ .tls.duration }}; want to renew before the end and after the beginning; lower registry.tls.renewBefore
{{- end -}}
{{- if and (eq .authentication "none") (eq $.Values.tier "production") }}
registry.authentication is none and tier is production; want callers that prove who they are, or anybody may change a schema; set it to oidc
{{- end -}}
{{- if and (eq .authentication "oidc") (not .oidc.issuer) }}
registry.authentication is oidc and registry.oidc.issuer is empty; want who signs the tokens; set registry.oidc.issuer to the URL of an OpenID Connect issuer
{{- end -}}
{{- $name := include "kafka.name" (dict "root" $ "suffix" "registry") -}}
{{- $journal := printf "%s-journal" $name -}}
{{- if and $.Values.mirror.enabled (not $.Values.mirror.topicsPattern) (not (has $journal $.Values.mirror.topics)) }}
registry.enabled and mirror.enabled are true and mirror.topics lacks {{ $journal }}; want the schemas copied with the records that need them; add it
{{- end -}}
{{- range $topic := list "journal" "snapshots" -}}
{{- $topic = printf "%s-%s" $name $topic -}}
{{- $set := get $.Values.topics $topic | default dict -}}
{{- range $key := list "cleanup.policy" "retention.ms" "retention.bytes" -}}
{{- if hasKey ($set.config | default dict) $key }}
topics.{{ $topic }}.config.{{ $key }} is set, and the registry keeps its schemas there; want every record kept; remove it
{{- end -}}
{{- end -}}
{{- if gt (int $set.partitions) 1 }}
topics.{{ $topic }}.partitions is {{ int $set.partitions }}, and the registry reads it in one order; want 1; remove it
{{- end -}}
{{- end -}}
{{- end -}}
{{- end -}}
{{- end -}}
