{{- /* postgres.object.serverCertificates: the Certificates of servers, before the overlay. Call: include "postgres.object.serverCertificates" $ */ -}}
{{- define "postgres.object.serverCertificates" -}}
{{- if .Values.certificates.issuerRef }}
{{- range $cluster := include "postgres.clusterNames" . | fromJsonArray }}
---
apiVersion: cert-manager.io/v1
kind: Certificate
metadata:
  name: {{ $cluster }}-server-tls
  namespace: {{ $.Release.Namespace | quote }}
  labels: {{- include "postgres.labels" $ | nindent 4 }}
spec:
  secretName: {{ $cluster }}-server-tls
  issuerRef: {{- toYaml $.Values.certificates.issuerRef | nindent 4 }}
  commonName: {{ $cluster }}-rw
  dnsNames: {{- include "postgres.serverNames" (dict "root" $ "cluster" $cluster) | fromJsonArray | toYaml | nindent 4 }}
  usages: [server auth]
  {{- include "postgres.certificateLife" $ | nindent 2 }}
{{- end }}
{{- end }}
{{- end -}}
