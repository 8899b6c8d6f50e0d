{{- /*
postgres.host: the Service that takes writes (`readWrite`) or reads (`readOnly`) of a cluster: a pooler of that type,
else the operator's own. Where there is no standby to read from, reads go to the primary.
Call: include "postgres.host" (dict "root" $ "cluster" "accounts-db" "use" "readOnly")
*/ -}}
{{- define "postgres.host" -}}
{{- $values := .root.Values -}}
{{- $hasStandbys := and (gt (int $values.instances) 1) (not (has "ro" $values.services.disabled)) -}}
{{- $type := and (eq .use "readOnly") $hasStandbys | ternary "ro" "rw" -}}
{{- $host := printf "%s-%s" .cluster $type -}}
{{- range $name, $pooler := $values.poolers -}}
{{- if eq $pooler.type $type }}{{ $host = include "postgres.poolerName" (dict "cluster" $.cluster "name" $name) }}{{ end -}}
{{- end -}}
{{- $host -}}
{{- end -}}
