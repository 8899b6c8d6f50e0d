{{- /* Tablespaces of a size and a class, under names that PostgreSQL takes and that do not become one as volumes. */ -}}
{{- define "postgres.validate.tablespaces" -}}
{{- range $index, $tablespace := .Values.tablespaces -}}
{{- $at := printf "tablespaces[%d]" $index -}}
{{- if not (regexMatch "^[1-9][0-9]*(Mi|Gi|Ti|Pi)$" ($tablespace.storage.size | default "")) }}
{{ $at }}.storage.size is {{ $tablespace.storage.size | default "" | quote }}; want a whole number of Mi, Gi, Ti or Pi; set it
{{- end -}}
{{- if and (include "postgres.isProduction" $) (not $tablespace.storage.storageClass) }}
{{ $at }}.storage.storageClass is not set; production wants the class by name, one that encrypts; set it, or set tier
{{- end -}}
{{- if or (hasPrefix "pg_" $tablespace.name) (not (regexMatch "^[A-Za-z_]([A-Za-z0-9_$]{0,61}[A-Za-z0-9])?$" $tablespace.name)) }}
{{ $at }}.name is {{ quote $tablespace.name }}; want letters, digits and "_", not beginning with pg_, which is PostgreSQL's, nor ending in "_", in which no volume's name may end; rename it
{{- end -}}
{{- range $other := slice $.Values.tablespaces 0 $index -}}
{{- if eq ($other.name | lower | replace "_" "-" | replace "$" "-") ($tablespace.name | lower | replace "_" "-" | replace "$" "-") }}
{{ $at }}.name is {{ quote $tablespace.name }} and another is {{ quote $other.name }}, which are one to the operator; want names that differ; rename one
{{- end -}}
{{- end -}}
{{- end -}}
{{- range $name, $_ := dig "tablespaceClassName" dict (.Values.backups.volumeSnapshot | default dict) -}}
{{- $known := list -}}
{{- range $.Values.tablespaces }}{{ $known = append $known .name }}{{ end -}}
{{- if not (has $name $known) }}
backups.volumeSnapshot.tablespaceClassName.{{ $name }} is for a tablespace that is not there; want one of tablespaces{{ with $known }} ({{ join ", " . }}){{ end }}; correct the name or remove it
{{- end -}}
{{- end -}}
{{- end -}}
