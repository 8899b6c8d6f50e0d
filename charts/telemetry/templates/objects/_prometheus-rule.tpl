{{- /* telemetry.object.prometheusRule: the PrometheusRule, before the overlay. Call: include "telemetry.object.prometheusRule" $ */ -}}
{{- define "telemetry.object.prometheusRule" -}}
{{- if .Values.prometheusRule.enabled }}
apiVersion: monitoring.coreos.com/v1
kind: PrometheusRule
metadata:
  name: {{ include "telemetry.name" (dict "root" .) | quote }}
  namespace: {{ .Release.Namespace | quote }}
  labels:
    {{- include "telemetry.labels" . | nindent 4 }}
    {{- with .Values.prometheusRule.labels }}
    {{- toYaml . | nindent 4 }}
    {{- end }}
spec:
  groups:
    - name: telemetry
      {{- include "common.alertLabels" .Values.prometheusRule.alertLabels | nindent 6 }}
      rules: {{- include "telemetry.alerts" . | nindent 8 }}
{{- end }}
{{- end -}}
