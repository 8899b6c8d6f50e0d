{{- /* pki.object.bundle: the Bundle, before the overlay. Call: include "pki.object.bundle" $ */ -}}
{{- define "pki.object.bundle" -}}
# In each namespace a ConfigMap of this name: every root that is trusted, the next one too before it signs anything.
apiVersion: trust.cert-manager.io/v1alpha1
kind: Bundle
metadata:
  name: {{ printf "%s-authorities" .Values.issuer | quote }}
  labels: {{- include "pki.labels" . | nindent 4 }}
spec:
  sources:
    {{- range $name, $authority := .Values.authorities }}
    {{- if eq .source "generated" }}
    - secret: { name: {{ include "pki.rootOf" (dict "root" $ "authority" $name) | quote }}, key: tls.crt }
    {{- else }}
    - inLine: {{ .certificate | quote }}
    {{- end }}
    {{- end }}
  target:
    configMap: { key: ca.crt }
    # Certificates are no secret: a namespace that is new has them at once.
    namespaceSelector: {}
{{- end -}}
