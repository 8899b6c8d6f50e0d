{{- /* kafka.object.certificate: the registry's Certificate, before the overlay. Call: include "kafka.object.certificate" $ */ -}}
{{- define "kafka.object.certificate" -}}
{{- if and .Values.registry.enabled .Values.registry.tls.issuerRef }}
{{- $name := include "kafka.name" (dict "root" . "suffix" "registry") }}
apiVersion: cert-manager.io/v1
kind: Certificate
metadata:
  name: {{ include "kafka.name" (dict "root" . "suffix" "registry-tls") | quote }}
  namespace: {{ .Release.Namespace | quote }}
  labels: {{- include "kafka.labels" . | nindent 4 }}
spec:
  secretName: {{ include "kafka.registryTlsSecret" . | quote }}
  issuerRef: {{- toYaml .Values.registry.tls.issuerRef | nindent 4 }}
  commonName: {{ $name | quote }}
  dnsNames:
    - {{ $name }}
    - {{ $name }}.{{ .Release.Namespace }}
    - {{ $name }}.{{ .Release.Namespace }}.svc
    - {{ $name }}.{{ .Release.Namespace }}.svc.cluster.local
  duration: {{ .Values.registry.tls.duration | quote }}
  renewBefore: {{ .Values.registry.tls.renewBefore | quote }}
  usages: [digital signature, key encipherment, server auth]
  privateKey:
    algorithm: ECDSA
    size: 256
    # Quarkus reads PKCS#8 alone.
    encoding: PKCS8
    rotationPolicy: Always
{{- end }}
{{- end -}}
