{{- /* telemetry.object.podMonitor: the PodMonitor, before the overlay. Call: include "telemetry.object.podMonitor" $ */ -}}
{{- define "telemetry.object.podMonitor" -}}
{{- if .Values.podMonitor.enabled }}
apiVersion: monitoring.coreos.com/v1
kind: PodMonitor
metadata:
  name: {{ include "telemetry.name" (dict "root" .) | quote }}
  namespace: {{ .Release.Namespace | quote }}
  labels:
    {{- include "telemetry.labels" . | nindent 4 }}
    {{- with .Values.podMonitor.labels }}
    {{- toYaml . | nindent 4 }}
    {{- end }}
spec:
  jobLabel: app.kubernetes.io/name
  selector:
    matchLabels: {{- include "telemetry.selectorLabels" . | nindent 6 }}
  podMetricsEndpoints:
    # The operator's name for the port.
    - port: metrics
      interval: {{ .Values.podMonitor.interval | quote }}
{{- end }}
{{- end -}}
