{{- /*
vault.name: the name of the release's objects, with an optional suffix. Call: include "vault.name" (dict "root" $ "suffix" "internal")
*/ -}}
{{- define "vault.name" -}}
{{- include "common.fullname" . -}}
{{- end -}}

{{- /*
vault.labels: the labels of every object. Call: include "vault.labels" $
*/ -}}
{{- define "vault.labels" -}}
{{- include "common.labels" (dict "root" . "version" .Values.image.tag "extra" .Values.commonLabels) -}}
{{- end -}}

{{- /*
vault.selectorLabels: the labels of the servers, and of no other pod. Call: include "vault.selectorLabels" $
*/ -}}
{{- define "vault.selectorLabels" -}}
{{- include "common.selectorLabels" (dict "root" .) -}}
{{- end -}}

{{- /*
vault.jobName: name, account and label of the Job's pods. Call: include "vault.jobName" $
*/ -}}
{{- define "vault.jobName" -}}
{{- include "vault.name" (dict "root" . "suffix" "configuration") -}}
{{- end -}}

{{- /*
vault.jobLabels: the labels of the Job's pods; no selector of the servers matches them. Call: include "vault.jobLabels" $
*/ -}}
{{- define "vault.jobLabels" -}}
app.kubernetes.io/name: {{ include "vault.jobName" . | quote }}
app.kubernetes.io/instance: {{ .Release.Name | quote }}
app.kubernetes.io/component: configuration
{{- end -}}

{{- /*
vault.internalName: the Service by which servers find one another before they are ready. Call: include "vault.internalName" $
*/ -}}
{{- define "vault.internalName" -}}
{{- include "vault.name" (dict "root" . "suffix" "internal") -}}
{{- end -}}

{{- /*
vault.host: the host of clients. Call: include "vault.host" $
*/ -}}
{{- define "vault.host" -}}
{{ include "vault.name" (dict "root" .) }}.{{ .Release.Namespace }}.svc
{{- end -}}

{{- /*
vault.members: the hosts of the servers, as a list. Call: include "vault.members" $ | fromYamlArray
*/ -}}
{{- define "vault.members" -}}
{{- range $index := until (int .Values.replicas) }}
- {{ include "vault.name" (dict "root" $) }}-{{ $index }}.{{ include "vault.internalName" $ }}.{{ $.Release.Namespace }}.svc
{{- end }}
{{- end -}}

{{- /*
vault.tlsSecretName: the Secret with the certificate. Call: include "vault.tlsSecretName" $
*/ -}}
{{- define "vault.tlsSecretName" -}}
{{- include "vault.name" (dict "root" . "suffix" "tls") -}}
{{- end -}}

{{- /*
vault.sealSecretName: the Secret with the key of a static seal. Call: include "vault.sealSecretName" $
*/ -}}
{{- define "vault.sealSecretName" -}}
{{- (.Values.seal.static).secretName | default (include "vault.name" (dict "root" . "suffix" "seal")) -}}
{{- end -}}
