{{- /*
No query of a team takes the name of one that the chart or the operator has: config/manager/default-monitoring.yaml of
CloudNativePG 1.30, and the instance manager's own `collector`.
*/ -}}
{{- define "postgres.validate.queries" -}}
{{- $taken := list "collector"
      "backends" "backends_waiting" "pg_database" "pg_postmaster" "pg_replication" "pg_replication_slots"
      "pg_stat_archiver" "pg_stat_bgwriter" "pg_stat_bgwriter_17" "pg_stat_checkpointer" "pg_stat_database"
      "pg_stat_replication" "pg_settings" "pg_extensions" -}}
{{- range $path, $_ := .Files.Glob "queries/*.yaml" }}{{ $taken = $.Files.Get $path | fromYaml | keys | concat $taken }}{{ end -}}
{{- range $name, $_ := .Values.monitoring.queries -}}
{{- if has $name $taken }}
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
