{{- /* redis.object.podMonitor: the PodMonitor, before the overlay. Call: include "redis.object.podMonitor" $ */ -}}
{{- define "redis.object.podMonitor" -}}
{{- if .Values.podMonitor.enabled }}
apiVersion: monitoring.coreos.com/v1
kind: PodMonitor
metadata:
  name: {{ include "redis.name" . | quote }}
  namespace: {{ .Release.Namespace | quote }}
  labels:
    {{- include "redis.labels" . | nindent 4 }}
    {{- with .Values.podMonitor.labels }}
    {{- toYaml . | nindent 4 }}
    {{- end }}
spec:
  jobLabel: app.kubernetes.io/name
  # Not redis-role: the operator changes it on pods that run, and each failover would begin every series anew.
  podTargetLabels: [redis_setup_type]
  selector:
    matchLabels: {{- include "redis.selectorLabels" . | nindent 6 }}
  podMetricsEndpoints:
    # The operator's name for the port of its sidecar.
    - port: redis-exporter
      interval: {{ .Values.podMonitor.interval | quote }}
      scrapeTimeout: {{ .Values.podMonitor.scrapeTimeout | quote }}
      {{- with .Values.podMonitor.relabelings }}
      relabelings: {{- toYaml . | nindent 8 }}
      {{- end }}
      {{- with .Values.podMonitor.metricRelabelings }}
      metricRelabelings: {{- toYaml . | nindent 8 }}
      {{- end }}
{{- end }}
{{- end -}}
