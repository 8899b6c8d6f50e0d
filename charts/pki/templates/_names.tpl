{{- /*
pki.labels: labels of every object. Call: include "pki.labels" $
*/ -}}
{{- define "pki.labels" -}}
{{- include "common.labels" (dict "root" . "extra" .Values.commonLabels) -}}
{{- end -}}

{{- /*
pki.intermediate: the Secret of an authority's intermediate, which signs, and the Certificate that makes it.
Call: include "pki.intermediate" (dict "root" $ "authority" "2026")
*/ -}}
{{- define "pki.intermediate" -}}
{{ .root.Values.issuer }}-{{ .authority }}
{{- end -}}

{{- /*
pki.rootOf: the same of its root, and the ClusterIssuer that signs intermediates by it.
Call: include "pki.rootOf" (dict "root" $ "authority" "2026")
*/ -}}
{{- define "pki.rootOf" -}}
{{ include "pki.intermediate" . }}-root
{{- end -}}

{{- /* pki.selfSigned: who signs roots. Call: include "pki.selfSigned" $ */ -}}
{{- define "pki.selfSigned" -}}
{{ .Values.issuer }}-self-signed
{{- end -}}

{{- /* pki.generated: names of the authorities that cert-manager makes, as JSON. Call: include "pki.generated" $ */ -}}
{{- define "pki.generated" -}}
{{- $names := list -}}
{{- range $name, $authority := .Values.authorities -}}
{{- if eq .source "generated" -}}
{{- $names = append $names $name -}}
{{- end -}}
{{- end -}}
{{ toJson $names }}
{{- end -}}
