{{- /*
postgres.validate: refuses values that fit the schema and not each other; all of them at once, one a line.
A rule yields a line for each problem: what was found; what is wanted; the next step. Call: include "postgres.validate" $
*/ -}}
{{- define "postgres.validate" -}}
{{- $topics := list -}}
{{- range $topic := list
      "image" "catalog" "name"
      "instances" "synchronous" "storage" "tablespaces" "resources" "walSize" "cluster" "security" "services"
      "operatorParameters" "ownParameters" "durability"
      "accessRules" "ldap" "superuser" "roles" "rotation" "auditRole" "clientIssuer" "certificateSecrets" "serviceAccount"
      "backups" "stores" "retention" "schedules" "archivers" "sidecar"
      "bootstrap" "initdb" "import" "externalClusters" "shards" "recovery" "target" "archivePath" "regions" "promotion" "replica"
      "poolers" "poolSize" "databases" "replication" "queries" "alerts" "vain" "overlay" -}}
{{- $topics = printf "postgres.validate.%s" $topic | append $topics -}}
{{- end -}}
{{- include "common.refuse" (dict "root" . "rules" $topics) -}}
{{- end -}}

{{- /*
postgres.isProduction: "true" where production's rules apply. Call: include "postgres.isProduction" $
*/ -}}
{{- define "postgres.isProduction" -}}
{{- if eq .Values.tier "production" -}}
true
{{- end -}}
{{- end -}}
