{{- /*
common.alertLabels: labels that all alerts of a group get; nothing where there are none.
Call:  include "common.alertLabels" .Values.prometheusRule.alertLabels | nindent 6
*/ -}}
{{- define "common.alertLabels" -}}
{{- with . -}}
labels: {{- toYaml . | nindent 2 }}
{{- end -}}
{{- end -}}
