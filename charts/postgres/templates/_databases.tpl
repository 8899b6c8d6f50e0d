{{- /*
postgres.databases: every database that is declared, as a JSON map by name: `databases`, and the first one where it
has extensions or schemas of its own. Call: include "postgres.databases" $ | fromJson
*/ -}}
{{- define "postgres.databases" -}}
{{- $databases := deepCopy .Values.databases -}}
{{- $partman := list -}}
{{- $schemas := .Values.schemas -}}
{{- if .Values.partitioning.enabled -}}
{{- $partman = dict "name" "pg_partman" "schema" "partman" | list -}}
{{- $schemas = dict "name" "partman" "owner" (include "postgres.owner" .) | append $schemas -}}
{{- end -}}
{{- $extensions := concat .Values.extensions $partman -}}
{{- if or $extensions $schemas -}}
{{- $first := dict "owner" (include "postgres.owner" .) -}}
{{- with $extensions }}{{ $_ := set $first "extensions" . }}{{ end -}}
{{- with $schemas }}{{ $_ := set $first "schemas" . }}{{ end -}}
{{- $databases = set $databases (include "postgres.database" .) $first -}}
{{- end -}}
{{- toJson $databases -}}
{{- end -}}
