{{- /* pki.object.prometheusRule: the PrometheusRule, before the overlay. Call: include "pki.object.prometheusRule" $ */ -}}
{{- define "pki.object.prometheusRule" -}}
{{- if .Values.prometheusRule.enabled }}
apiVersion: monitoring.coreos.com/v1
kind: PrometheusRule
metadata:
  name: {{ .Release.Name | quote }}
  namespace: {{ .Release.Namespace | quote }}
  labels:
    {{- include "pki.labels" . | nindent 4 }}
    {{- with .Values.prometheusRule.labels }}
    {{- toYaml . | nindent 4 }}
    {{- end }}
spec:
  groups:
    - name: authorities
      {{- include "common.alertLabels" .Values.prometheusRule.alertLabels | nindent 6 }}
      rules: {{- include "pki.alerts" . | nindent 8 }}
{{- end }}
{{- end -}}
