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

{{- /*
postgres.partmanSql: what the owner of the first database needs to partition tables, as a JSON list of statements: the
operator makes the extension as a superuser, who then owns its tables. Call: include "postgres.partmanSql" $ | fromJsonArray
*/ -}}
{{- define "postgres.partmanSql" -}}
{{- $statements := list -}}
{{- if .Values.partitioning.enabled -}}
{{- $owner := include "postgres.owner" . | quote -}}
{{- $statements = list
      (printf "create schema partman authorization %s" $owner)
      "create extension pg_partman schema partman" -}}
{{- range $objects := list "all on all tables" "execute on all functions" "execute on all procedures" -}}
{{- $statements = printf "grant %s in schema partman to %s" $objects $owner | append $statements -}}
{{- end -}}
{{- end -}}
{{- toJson $statements -}}
{{- end -}}
