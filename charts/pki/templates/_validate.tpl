{{- /*
pki.validate: refuses values that fit the schema and not each other; all of them at once, one a line.
A rule yields a line for each problem: what was found; what is wanted; the next step. Call: include "pki.validate" $
*/ -}}
{{- define "pki.validate" -}}
{{- $rules := list "pki.validate.authorities" "pki.validate.signing" "pki.validate.overlay" -}}
{{- include "common.refuse" (dict "root" . "rules" $rules) -}}
{{- end -}}

{{- /* What is said of an authority is what its source wants. */ -}}
{{- define "pki.validate.authorities" -}}
{{- range $name, $authority := .Values.authorities -}}
{{- $given := not (empty .certificate) -}}
{{- if and (eq .source "brought") (not $given) }}
authorities.{{ $name }}.source is brought, and there is no certificate; want the root that pods shall trust; set authorities.{{ $name }}.certificate
{{- end -}}
{{- if and (eq .source "generated") $given }}
authorities.{{ $name }}.certificate is set, and source is generated; want the certificate of a root that is kept elsewhere; remove it, or set source to brought
{{- end -}}
{{- if and (eq .source "generated") (eq $.Values.tier "production") }}
authorities.{{ $name }}.source is generated, which puts the root's key into the cluster; want a root that is kept elsewhere in production; set source to brought, and give its certificate
{{- end -}}
{{- end -}}
{{- end -}}

{{- /* Whoever signs is trusted. */ -}}
{{- define "pki.validate.signing" -}}
{{- if not (hasKey .Values.authorities .Values.signing) }}
signing is {{ .Values.signing | quote }}, which is none of authorities; want one of {{ keys .Values.authorities | sortAlpha | join ", " | default "them, and there is none" }}; name it, or add it to authorities first
{{- end -}}
{{- end -}}

{{- /* A patch lies over what is rendered, and leaves to values what values do. */ -}}
{{- define "pki.validate.overlay" -}}
{{- $objects := dict -}}
{{- range $key := list "certificates" "bundle" "prometheusRule" -}}
{{- $_ := dict "template" (printf "pki.object.%s" $key) "argument" $ | set $objects $key -}}
{{- end -}}
{{- include "common.overlay.refused" (dict "root" $ "objects" $objects) -}}
{{- end -}}
