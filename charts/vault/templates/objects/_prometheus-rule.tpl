{{- /* vault.object.prometheusRule: the PrometheusRule, before the overlay. Call: include "vault.object.prometheusRule" $ */ -}}
{{- define "vault.object.prometheusRule" -}}
{{- if .Values.prometheusRule.enabled }}
apiVersion: monitoring.coreos.com/v1
kind: PrometheusRule
metadata:
  name: {{ include "vault.name" (dict "root" .) | quote }}
  namespace: {{ .Release.Namespace | quote }}
  labels:
    {{- include "vault.labels" . | nindent 4 }}
    {{- with .Values.prometheusRule.labels }}
    {{- toYaml . | nindent 4 }}
    {{- end }}
spec:
  groups:
    - name: vault
      {{- include "common.alertLabels" .Values.prometheusRule.alertLabels | nindent 6 }}
      rules: {{- include "vault.alerts" . | nindent 8 }}
{{- end }}
{{- end -}}
