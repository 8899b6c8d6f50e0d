{{- /* kafka.object.podMonitor: the PodMonitor of the cluster, before the overlay. Call: include "kafka.object.podMonitor" $ */ -}}
{{- define "kafka.object.podMonitor" -}}
{{- if .Values.podMonitor.enabled }}
{{- $name := include "kafka.name" (dict "root" .) }}
apiVersion: monitoring.coreos.com/v1
kind: PodMonitor
metadata:
  name: {{ $name | quote }}
  namespace: {{ .Release.Namespace | quote }}
  labels:
    {{- include "kafka.labels" . | nindent 4 }}
    {{- with .Values.podMonitor.labels }}
    {{- toYaml . | nindent 4 }}
    {{- end }}
spec:
  selector:
    matchExpressions:
      - key: strimzi.io/name
        operator: In
        values: {{- include "kafka.measured" . | nindent 10 }}
  podMetricsEndpoints:
    - port: tcp-prometheus
      path: /metrics
      interval: {{ .Values.podMonitor.interval | quote }}
      scrapeTimeout: {{ .Values.podMonitor.scrapeTimeout | quote }}
      relabelings:
        - action: replace
          targetLabel: kafka
          replacement: {{ $name | quote }}
        {{- with .Values.podMonitor.relabelings }}
        {{- toYaml . | nindent 8 }}
        {{- end }}
      {{- with .Values.podMonitor.metricRelabelings }}
      metricRelabelings: {{- toYaml . | nindent 8 }}
      {{- end }}
{{- end }}
{{- end -}}
