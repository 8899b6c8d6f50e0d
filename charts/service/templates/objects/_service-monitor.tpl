{{- /* service.object.serviceMonitor: the ServiceMonitor, before the overlay. Call: include "service.object.serviceMonitor" $ */ -}}
{{- define "service.object.serviceMonitor" -}}
{{- if .Values.serviceMonitor.enabled }}
apiVersion: monitoring.coreos.com/v1
kind: ServiceMonitor
metadata:
  name: {{ include "service.name" . | quote }}
  namespace: {{ .Release.Namespace | quote }}
  labels:
    {{- include "service.labels" . | nindent 4 }}
    {{- with .Values.serviceMonitor.labels }}
    {{- toYaml . | nindent 4 }}
    {{- end }}
spec:
  jobLabel: app.kubernetes.io/name
  selector:
    matchLabels: {{- include "service.selectorLabels" . | nindent 6 }}
    # The headless Service leads to the same pods, which would be scraped twice.
    matchExpressions:
      - { key: app.kubernetes.io/component, operator: NotIn, values: [headless] }
  endpoints:
    - port: {{ include "service.actuatorPort" . | quote }}
      path: {{ .Values.serviceMonitor.path | quote }}
      interval: {{ .Values.serviceMonitor.interval | quote }}
      scrapeTimeout: {{ .Values.serviceMonitor.scrapeTimeout | quote }}
      {{- with pick .Values.serviceMonitor "relabelings" "metricRelabelings" }}
      {{- toYaml . | nindent 6 }}
      {{- end }}
    {{- with .Values.serviceMonitor.extraEndpoints }}
    {{- toYaml . | nindent 4 }}
    {{- end }}
{{- end }}
{{- end -}}
