{{- /* kafka.object.registryPodMonitor: the PodMonitor of the registry, before the overlay. Call: include "kafka.object.registryPodMonitor" $ */ -}}
{{- define "kafka.object.registryPodMonitor" -}}
{{- if and .Values.registry.enabled .Values.podMonitor.enabled }}
{{- $part := dict "root" . "part" "registry" }}
apiVersion: monitoring.coreos.com/v1
kind: PodMonitor
metadata:
  name: {{ include "kafka.name" (dict "root" . "suffix" "registry") | quote }}
  namespace: {{ .Release.Namespace | quote }}
  labels:
    {{- include "kafka.labels" . | nindent 4 }}
    {{- with .Values.podMonitor.labels }}
    {{- toYaml . | nindent 4 }}
    {{- end }}
spec:
  selector:
    matchLabels: {{- include "kafka.podsOf" $part | nindent 6 }}
  podMetricsEndpoints:
    - port: metrics
      path: /metrics
      interval: {{ .Values.podMonitor.interval | quote }}
      scrapeTimeout: {{ .Values.podMonitor.scrapeTimeout | quote }}
      relabelings:
        - action: replace
          targetLabel: kafka
          replacement: {{ include "kafka.name" (dict "root" .) | quote }}
        {{- with .Values.podMonitor.relabelings }}
        {{- toYaml . | nindent 8 }}
        {{- end }}
      {{- with .Values.podMonitor.metricRelabelings }}
      metricRelabelings: {{- toYaml . | nindent 8 }}
      {{- end }}
{{- end }}
{{- end -}}
