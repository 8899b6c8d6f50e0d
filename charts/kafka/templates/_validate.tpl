{{- /*
kafka.validate: refuses values that fit the schema and not each other; all of them at once, one a line.
A rule yields a line for each problem: what was found; what is wanted; the next step. Call: include "kafka.validate" $
*/ -}}
{{- define "kafka.validate" -}}
{{- $topics := list -}}
{{- range $topic := list "name" "nodes" "disk" "memory" "resources" "dns" "replication" "config" "listeners" "authorization" "topics" "users" "acls" "balancing" "connect" "mirror" "registry" "monitoring" "tests" "overlay" -}}
{{- $topics = printf "kafka.validate.%s" $topic | append $topics -}}
{{- end -}}
{{- include "common.refuse" (dict "root" . "rules" $topics) -}}
{{- end -}}
