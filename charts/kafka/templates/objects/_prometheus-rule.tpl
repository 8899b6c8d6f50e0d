{{- /* kafka.object.prometheusRule: the PrometheusRule, before the overlay. Call: include "kafka.object.prometheusRule" $ */ -}}
{{- define "kafka.object.prometheusRule" -}}
{{- if .Values.rules.enabled }}
{{- $name := include "kafka.name" (dict "root" .) }}
apiVersion: monitoring.coreos.com/v1
kind: PrometheusRule
metadata:
  name: {{ $name | quote }}
  namespace: {{ .Release.Namespace | quote }}
  labels:
    {{- include "kafka.labels" . | nindent 4 }}
    {{- with .Values.rules.labels }}
    {{- toYaml . | nindent 4 }}
    {{- end }}
spec:
  groups:
    - name: kafka-{{ $name }}
      {{- include "common.alertLabels" .Values.rules.alertLabels | nindent 6 }}
      rules: {{- include "kafka.rules" . | nindent 8 }}
{{- end }}
{{- end -}}

{{- /* kafka.rules: all alerts of the release, which its dashboard shows, too. Call: include "kafka.rules" $ | fromYamlArray */ -}}
{{- define "kafka.rules" -}}
{{- $name := include "kafka.name" (dict "root" .) }}
{{- range $alert, $rule := include "kafka.alerts" . | fromYaml }}
- alert: {{ $alert | quote }}
  expr: {{ $rule.expr | squote }}
  for: {{ $rule.for | quote }}
  labels:
    severity: {{ $rule.severity }}
    kafka: {{ $name | quote }}
  annotations:
    summary: {{ printf "Kafka %s: %s" $name $rule.summary | quote }}
    description: {{ print "{{ $value }}{{ range $label, $text := $labels }}, {{ $label }} {{ $text }}{{ end }}" | squote }}
    runbook_url: {{ printf "%s%s" $.Values.rules.runbooks (lower $alert) | quote }}
{{- end }}
{{- end -}}
