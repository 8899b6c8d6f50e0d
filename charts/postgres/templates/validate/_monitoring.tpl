{{- /* No query of a team takes the name of one that the chart or the operator has. */ -}}
{{- define "postgres.validate.queries" -}}
{{- $taken := list "backends" "backends_waiting" "collector" -}}
{{- range $path, $_ := .Files.Glob "queries/*.yaml" }}{{ $taken = $.Files.Get $path | fromYaml | keys | concat $taken }}{{ end -}}
{{- range $name, $_ := .Values.monitoring.queries -}}
{{- if or (has $name $taken) (hasPrefix "pg_" $name) }}
monitoring.queries.{{ $name }} has the name of metrics that are there already; want another name; rename it
{{- end -}}
{{- end -}}
{{- end -}}

{{- /* Only an alert that exists can be turned off. */ -}}
{{- define "postgres.validate.alerts" -}}
{{- $known := list -}}
{{- range $path, $_ := .Files.Glob "rules/*.yaml" -}}
{{- range ($.Files.Get $path | fromYaml).groups }}{{ range .rules }}{{ $known = append $known .alert }}{{ end }}{{ end -}}
{{- end -}}
{{- range .Values.monitoring.rules.disabled -}}
{{- if not (has . $known) }}
monitoring.rules.disabled names {{ quote . }}, which is no alert; want one of those in docs/runbooks; correct the name or remove it
{{- end -}}
{{- end -}}
{{- end -}}
