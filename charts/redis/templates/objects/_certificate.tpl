{{- /* redis.object.certificate: the Certificate, before the overlay. Call: include "redis.object.certificate" $ */ -}}
{{- define "redis.object.certificate" -}}
{{- if and .Values.tls.enabled .Values.tls.issuerRef }}
apiVersion: cert-manager.io/v1
kind: Certificate
metadata:
  name: {{ include "common.fullname" (dict "root" . "suffix" "tls") | quote }}
  namespace: {{ .Release.Namespace | quote }}
  labels: {{- include "redis.labels" . | nindent 4 }}
spec:
  secretName: {{ include "redis.tlsSecretName" . | quote }}
  issuerRef: {{- toYaml .Values.tls.issuerRef | nindent 4 }}
  commonName: {{ include "redis.name" . | quote }}
  dnsNames: {{- include "redis.dnsNames" . | nindent 4 }}
  duration: {{ .Values.tls.duration | quote }}
  renewBefore: {{ .Values.tls.renewBefore | quote }}
  usages: [digital signature, key encipherment, server auth, client auth]
  privateKey:
    algorithm: ECDSA
    size: 256
    rotationPolicy: Always
{{- end }}
{{- end -}}
