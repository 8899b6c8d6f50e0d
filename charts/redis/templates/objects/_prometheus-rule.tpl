{{- /* redis.object.prometheusRule: the PrometheusRule, before the overlay. Call: include "redis.object.prometheusRule" $ */ -}}
{{- define "redis.object.prometheusRule" -}}
{{- if .Values.prometheusRule.enabled }}
apiVersion: monitoring.coreos.com/v1
kind: PrometheusRule
metadata:
  name: {{ include "redis.name" . | quote }}
  namespace: {{ .Release.Namespace | quote }}
  labels:
    {{- include "redis.labels" . | nindent 4 }}
    {{- with .Values.prometheusRule.labels }}
    {{- toYaml . | nindent 4 }}
    {{- end }}
spec:
  groups:
    - name: redis-health
      {{- include "common.alertLabels" .Values.prometheusRule.alertLabels | nindent 6 }}
      rules: {{- include "redis.alerts.health" . | nindent 8 }}
    - name: redis-memory
      {{- include "common.alertLabels" .Values.prometheusRule.alertLabels | nindent 6 }}
      rules: {{- include "redis.alerts.memory" . | nindent 8 }}
    {{- if ne .Values.mode "standalone" }}
    - name: redis-replication
      {{- include "common.alertLabels" .Values.prometheusRule.alertLabels | nindent 6 }}
      rules: {{- include "redis.alerts.replication" . | nindent 8 }}
    {{- end }}
{{- end }}
{{- end -}}
