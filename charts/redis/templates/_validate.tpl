{{- /*
redis.validate: refuses values that fit the schema and not each other; all of them at once, one a line.
A rule yields a line for each problem: what was found; what is wanted; the next step. Call: include "redis.validate" $
*/ -}}
{{- define "redis.validate" -}}
{{- $topics := list -}}
{{- range $topic := list "images" "names" "labels" "topology" "disruption" "tolerations" "memory" "eviction" "persistence" "room" "writes" "configuration" "auth" "users" "keyspaces" "tls" "production" "resources" "backup" "restore" "monitoring" "overlay" -}}
{{- $topics = printf "redis.validate.%s" $topic | append $topics -}}
{{- end -}}
{{- include "common.refuse" (dict "root" . "rules" $topics) -}}
{{- end -}}
