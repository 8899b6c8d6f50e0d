{{- /* vault.object.certificate: the Certificate, before the overlay. Call: include "vault.object.certificate" $ */ -}}
{{- define "vault.object.certificate" -}}
apiVersion: cert-manager.io/v1
kind: Certificate
metadata:
  name: {{ include "vault.tlsSecretName" . | quote }}
  namespace: {{ .Release.Namespace | quote }}
  labels: {{- include "vault.labels" . | nindent 4 }}
spec:
  secretName: {{ include "vault.tlsSecretName" . | quote }}
  issuerRef: {{- toYaml .Values.tls.issuerRef | nindent 4 }}
  commonName: {{ include "vault.name" (dict "root" .) | quote }}
  dnsNames:
    - {{ include "vault.host" . | quote }}
    - {{ printf "%s.cluster.local" (include "vault.host" .) | quote }}
    {{- range include "vault.members" . | fromYamlArray }}
    - {{ . | quote }}
    {{- end }}
  duration: {{ .Values.tls.duration | quote }}
  renewBefore: {{ .Values.tls.renewBefore | quote }}
  usages: [digital signature, key encipherment, server auth, client auth]
  privateKey:
    algorithm: ECDSA
    size: 256
    rotationPolicy: Always
{{- end -}}
