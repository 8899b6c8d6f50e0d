{{- /*
service.validate: refuses values that fit the schema and not each other; all of them at once, one a line.
A rule yields a line for each problem: what was found; what is wanted; the next step. Call: include "service.validate" $
*/ -}}
{{- define "service.validate" -}}
{{- $topics := list -}}
{{- range $topic := list "image" "containers" "order" "migration" "ports" "env" "labels" "resources" "volumes" "spring" "jvm" "workload" "shutdown" "rollout" "autoscaling" "vertical" "disruption" "edge" "mesh" "balancer" "grpc" "identity" "secrets" "rotation" "rbac" "monitoring" "objectives" "ruleGroups" "dashboards" "overlay" "extraObjects" "tests" -}}
{{- $topics = printf "service.validate.%s" $topic | append $topics -}}
{{- end -}}
{{- include "common.refuse" (dict "root" . "rules" $topics) -}}
{{- end -}}
