{{- /* observability.object.prometheusRule: the PrometheusRule, before the overlay. Call: include "observability.object.prometheusRule" $ */ -}}
{{- define "observability.object.prometheusRule" -}}
apiVersion: monitoring.coreos.com/v1
kind: PrometheusRule
metadata:
  name: {{ include "observability.name" . | quote }}
  namespace: {{ .Release.Namespace | quote }}
  labels:
    {{- include "observability.labels" . | nindent 4 }}
    {{- with .Values.prometheusRule.labels }}
    {{- toYaml . | nindent 4 }}
    {{- end }}
spec:
  groups:
    - name: observability
      {{- include "common.alertLabels" .Values.prometheusRule.alertLabels | nindent 6 }}
      rules: {{- include "observability.alerts" . | nindent 8 }}
    - name: platform
      {{- include "common.alertLabels" .Values.prometheusRule.alertLabels | nindent 6 }}
      rules: {{- include "observability.alerts.platform" . | nindent 8 }}
{{- end -}}
