{{- define "telemetry.alerts" -}}
[]
{{- end -}}
