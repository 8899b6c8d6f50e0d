{{- /* vault.object.serviceMonitor: the ServiceMonitor, before the overlay. Call: include "vault.object.serviceMonitor" $ */ -}}
{{- define "vault.object.serviceMonitor" -}}
{{- if .Values.serviceMonitor.enabled }}
apiVersion: monitoring.coreos.com/v1
kind: ServiceMonitor
metadata:
  name: {{ include "vault.name" (dict "root" .) | quote }}
  namespace: {{ .Release.Namespace | quote }}
  labels:
    {{- include "vault.labels" . | nindent 4 }}
    {{- with .Values.serviceMonitor.labels }}
    {{- toYaml . | nindent 4 }}
    {{- end }}
spec:
  jobLabel: app.kubernetes.io/name
  selector:
    matchLabels:
      {{- include "vault.selectorLabels" . | nindent 6 }}
      # The Service of clients leads to the same pods, without those that are not ready.
      app.kubernetes.io/component: internal
  endpoints:
    - port: https
      scheme: https
      path: /v1/sys/metrics
      params: { format: [prometheus] }
      interval: {{ .Values.serviceMonitor.interval | quote }}
      {{- range $key := list "relabelings" "metricRelabelings" }}
      {{- with get $.Values.serviceMonitor $key }}
      {{ $key }}: {{- toYaml . | nindent 8 }}
      {{- end }}
      {{- end }}
      tlsConfig:
        serverName: {{ include "vault.host" . | quote }}
        ca:
          secret: { name: {{ include "vault.tlsSecretName" . | quote }}, key: ca.crt }
{{- end }}
{{- end -}}
