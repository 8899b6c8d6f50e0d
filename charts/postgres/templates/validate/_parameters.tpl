{{- /* Parameters that are the operator's alone: pkg/postgres/configuration.go of CloudNativePG 1.30, FixedConfigurationParameters. */ -}}
{{- define "postgres.validate.operatorParameters" -}}
{{- $fixed := .Files.Get "files/operator-parameters.txt" | trim | splitList "\n" -}}
{{- range $name, $value := .Values.parameters -}}
{{- if ne $name (lower $name) }}
parameters.{{ $name }} is not in lower case, and PostgreSQL reads both as one; want {{ lower $name }}, so that no rule is missed; rename it
{{- end -}}
{{- if regexMatch "[\r\n]" $value }}
parameters.{{ $name }} has a line break; want one line; take it out
{{- end -}}
{{- if has $name $fixed }}
parameters.{{ $name }} is set; the operator sets it and takes no other value; remove it
{{- end -}}
{{- end -}}
{{- end -}}

{{- /* Parameters that a value of the chart sets: one place for each. */ -}}
{{- define "postgres.validate.ownParameters" -}}
{{- $owners := dict
      "auto_explain.log_min_duration" "logging.explainSlowerThan"
      "log_min_duration_statement" "logging.slowStatement"
      "max_connections" "maxConnections"
      "pg_partman_bgw.interval" "partitioning.intervalSeconds"
      "pgaudit.log" "audit.classes"
      "pgaudit.role" "audit.role"
      "ssl_min_protocol_version" "access.minimumTls" -}}
{{- range $name, $_ := .Values.parameters -}}
{{- with get $owners $name }}
parameters.{{ $name }} is set, and {{ . }} says it already; want it in one place; set {{ . }} instead
{{- end -}}
{{- end -}}
{{- if .Values.changeDataCapture.enabled -}}
{{- range $name := list "hot_standby_feedback" "sync_replication_slots" -}}
{{- if include "postgres.isOff" (get $.Values.parameters $name) }}
parameters.{{ $name }} is {{ get $.Values.parameters $name | quote }} and changeDataCapture.enabled is true, which needs it on; remove parameters.{{ $name }}
{{- end -}}
{{- end -}}
{{- end -}}
{{- end -}}

{{- /* Parameters that trade committed data, checks or passwords for speed. They are refused in every tier. */ -}}
{{- define "postgres.validate.durability" -}}
{{- $parameters := .Values.parameters -}}
{{- $reasons := dict
      "fsync" "a crash then loses or corrupts data"
      "full_page_writes" "a crash can then leave torn pages"
      "autovacuum" "the cluster then stops one day to save its transaction numbers"
      "wal_log_hints" "an old primary can then not rejoin"
      "hot_standby" "standbys then serve no reads" -}}
{{- range $name, $reason := $reasons -}}
{{- if include "postgres.isOff" (get $parameters $name) }}
parameters.{{ $name }} is {{ get $parameters $name | quote }}; {{ $reason }}; remove parameters.{{ $name }}
{{- end -}}
{{- end -}}
{{- range $name := list "ignore_checksum_failure" "zero_damaged_pages" -}}
{{- $value := get $parameters $name -}}
{{- if and $value (not (include "postgres.isOff" $value)) }}
parameters.{{ $name }} is {{ quote $value }}; damaged pages would be served as data; remove parameters.{{ $name }}
{{- end -}}
{{- end -}}
{{- with $parameters.synchronous_commit -}}
{{- if and $.Values.synchronous.enabled (not (has . (list "on" "remote_apply"))) }}
parameters.synchronous_commit is {{ quote . }}, which does not wait for the standbys that synchronous.enabled asks for; want "on" or "remote_apply"; remove it, and set it for a transaction where one may be lost
{{- end -}}
{{- end -}}
{{- range $name := list "max_wal_senders" "max_replication_slots" -}}
{{- with get $parameters $name -}}
{{- $least := add (int $.Values.instances) 2 -}}
{{- if lt (int .) $least }}
parameters.{{ $name }} is {{ quote . }} and instances {{ int $.Values.instances }}; want {{ $least }} or more, for every standby, a backup and one that joins; raise it, or remove parameters.{{ $name }}
{{- end -}}
{{- end -}}
{{- end -}}
{{- with $parameters.wal_level -}}
{{- if ne . "logical" }}
parameters.wal_level is {{ quote . }}; want "logical", which archive, standbys and publications all can live from; remove parameters.wal_level
{{- end -}}
{{- end -}}
{{- with $parameters.password_encryption -}}
{{- if ne . "scram-sha-256" }}
parameters.password_encryption is {{ quote . }}; want "scram-sha-256", the only one that the access rules take; remove parameters.password_encryption
{{- end -}}
{{- end -}}
{{- with $parameters.archive_timeout -}}
{{- if not (regexMatch "^([1-9]|[1-9][0-9]|[12][0-9][0-9]|300|([1-9]|[1-9][0-9]|[12][0-9][0-9]|300)s|[1-5]min)$" .) }}
parameters.archive_timeout is {{ quote . }}; want 1s to 5min: it is how much a lost region may cost; lower parameters.archive_timeout
{{- end -}}
{{- end -}}
{{- end -}}

{{- /*
postgres.isOff: "true" for each way to write false in postgresql.conf. Call: include "postgres.isOff" "off"
*/ -}}
{{- define "postgres.isOff" -}}
{{- if and . (regexMatch "^(of|off|f|fa|fal|fals|false|n|no|0)$" (lower .)) -}}
true
{{- end -}}
{{- end -}}
