{{- /*
certificates.labels: labels of every object. Call: include "certificates.labels" $
*/ -}}
{{- define "certificates.labels" -}}
{{- include "common.labels" (dict "root" . "extra" .Values.commonLabels) -}}
{{- end -}}

{{- /*
certificates.intermediate: the Secret of an authority's intermediate, which signs, and the Certificate that makes it.
Call: include "certificates.intermediate" (dict "root" $ "authority" "2026")
*/ -}}
{{- define "certificates.intermediate" -}}
{{ .root.Values.issuer }}-{{ .authority }}
{{- end -}}

{{- /*
certificates.rootOf: the same of its root, and the ClusterIssuer that signs intermediates by it.
Call: include "certificates.rootOf" (dict "root" $ "authority" "2026")
*/ -}}
{{- define "certificates.rootOf" -}}
{{ include "certificates.intermediate" . }}-root
{{- end -}}

{{- /* certificates.selfSigned: who signs roots. Call: include "certificates.selfSigned" $ */ -}}
{{- define "certificates.selfSigned" -}}
{{ .Values.issuer }}-self-signed
{{- end -}}

{{- /* certificates.generated: names of the authorities that cert-manager makes, as JSON. Call: include "certificates.generated" $ */ -}}
{{- define "certificates.generated" -}}
{{- $names := list -}}
{{- range $name, $authority := .Values.authorities -}}
{{- if eq .source "generated" -}}
{{- $names = append $names $name -}}
{{- end -}}
{{- end -}}
{{ toJson $names }}
{{- end -}}
