{{- /* postgres.object.prometheusRule: the PrometheusRule, before the overlay. Call: include "postgres.object.prometheusRule" $ */ -}}
{{- define "postgres.object.prometheusRule" -}}
{{- with .Values.monitoring.rules }}
{{- if .enabled }}
apiVersion: monitoring.coreos.com/v1
kind: PrometheusRule
metadata:
  name: {{ include "postgres.name" $ | quote }}
  namespace: {{ $.Release.Namespace | quote }}
  labels:
    {{- include "postgres.labels" $ | nindent 4 }}
    {{- with .labels }}
    {{- toYaml . | nindent 4 }}
    {{- end }}
spec:
  groups: {{- include "postgres.ruleGroups" $ | fromJsonArray | toYaml | nindent 4 }}
{{- end }}
{{- end }}
{{- end -}}
