{{- /* postgres.object.clientCertificates: the Certificates of standbys, before the overlay. Call: include "postgres.object.clientCertificates" $ */ -}}
{{- define "postgres.object.clientCertificates" -}}
{{- /* By this one standbys log in to the primary: the operator's role streaming_replica. */}}
{{- if .Values.certificates.clientIssuerRef }}
{{- range $cluster := include "postgres.clusterNames" . | fromJsonArray }}
---
apiVersion: cert-manager.io/v1
kind: Certificate
metadata:
  name: {{ $cluster }}-client-tls
  namespace: {{ $.Release.Namespace | quote }}
  labels: {{- include "postgres.labels" $ | nindent 4 }}
spec:
  secretName: {{ $cluster }}-client-tls
  issuerRef: {{- toYaml $.Values.certificates.clientIssuerRef | nindent 4 }}
  commonName: streaming_replica
  usages: [client auth]
  {{- include "postgres.certificateLife" $ | nindent 2 }}
{{- end }}
{{- end }}
{{- end -}}
