{{- /*
postgres.parameters: every parameter of PostgreSQL, as a JSON map of text: tuning, then what other values ask for, then
`parameters`. Call: include "postgres.parameters" $ | fromJson
*/ -}}
{{- define "postgres.parameters" -}}
{{- $all := dict -}}
{{- range $source := list "tuning" "autovacuum" "safety" "observability" "audit" "replication" "partitioning" -}}
{{- $all = include (printf "postgres.parameters.%s" $source) $ | fromYaml | mergeOverwrite $all -}}
{{- end -}}
{{- mergeOverwrite $all (deepCopy .Values.parameters) | toJson -}}
{{- end -}}

{{- /*
postgres.megabytes: a share of a number of bytes as PostgreSQL writes it, within bounds in megabytes.
Call: include "postgres.megabytes" (dict "bytes" 2147483648 "share" 0.25 "least" 16 "most" 8192)
*/ -}}
{{- define "postgres.megabytes" -}}
{{- $wanted := divf (mulf (float64 .bytes) .share) 1048576 | floor | int -}}
{{ max (int .least) (min $wanted (int .most)) }}MB
{{- end -}}

{{- /*
Memory: a quarter for shared buffers and three quarters as what the kernel may cache, as PostgreSQL's documentation
starts from (https://www.postgresql.org/docs/18/runtime-config-resource.html); what all sessions sort with together
stays within a quarter (transactions) or a half (analytics) of the limit. Log: a checkpoint after a third of its
volume, and at most half of it held for slots, so that a standby that is gone never fills it; never less than
PostgreSQL's own five segments. CPU: one statement takes half of the cores at most, and two for short ones.
*/ -}}
{{- define "postgres.parameters.tuning" -}}
max_connections: {{ int .Values.maxConnections | quote }}
{{- if ne .Values.tuning.preset "none" }}
{{- $limits := .Values.resources.limits | default dict }}
{{- $requests := .Values.resources.requests | default dict }}
{{- $memory := include "common.bytes" ($requests.memory | default $limits.memory | default "1Gi") | int64 }}
{{- $volume := include "common.bytes" (.Values.walStorage.enabled | ternary .Values.walStorage.size .Values.storage.size) | int64 }}
{{- $analytics := eq .Values.tuning.preset "analytics" }}
{{- $segment := .Values.bootstrap.initdb.walSegmentSize | default 16 | int }}
{{- $cores := div (include "common.millicores" ($limits.cpu | default $requests.cpu | default "1") | int) 1000 | max 1 | int }}
{{- $workers := div $cores 2 | min ($analytics | ternary 16 2) }}
{{- $sort := divf ($analytics | ternary 0.5 0.25) (float64 .Values.maxConnections) }}
shared_buffers: {{ include "postgres.megabytes" (dict "bytes" $memory "share" 0.25 "least" 16 "most" 65536) }}
effective_cache_size: {{ include "postgres.megabytes" (dict "bytes" $memory "share" 0.75 "least" 32 "most" 1048576) }}
maintenance_work_mem: {{ include "postgres.megabytes" (dict "bytes" $memory "share" 0.0625 "least" 16 "most" 2048) }}
work_mem: {{ include "postgres.megabytes" (dict "bytes" $memory "share" $sort "least" 1 "most" 1024) }}
max_wal_size: {{ include "postgres.megabytes" (dict "bytes" $volume "share" 0.33 "least" (mul 6 $segment) "most" 32768) }}
min_wal_size: {{ include "postgres.megabytes" (dict "bytes" $volume "share" 0.08 "least" (mul 5 $segment) "most" 4096) }}
max_slot_wal_keep_size: {{ include "postgres.megabytes" (dict "bytes" $volume "share" 0.5 "least" 128 "most" 262144) }}
max_parallel_workers: {{ $cores | quote }}
max_parallel_workers_per_gather: {{ $workers | quote }}
max_parallel_maintenance_workers: {{ $workers | quote }}
checkpoint_timeout: 15min
random_page_cost: '1.1'
effective_io_concurrency: '200'
wal_compression: 'on'
jit: {{ $analytics | ternary "on" "off" | quote }}
default_statistics_target: {{ $analytics | ternary "500" "100" | quote }}
{{- end }}
{{- end -}}

{{- /* A table is vacuumed after a share of its rows has changed; PostgreSQL's own is 20 %. */ -}}
{{- define "postgres.parameters.autovacuum" -}}
{{- if eq .Values.tuning.autovacuum "frequent" }}
autovacuum_vacuum_scale_factor: '0.05'
autovacuum_analyze_scale_factor: '0.02'
autovacuum_vacuum_insert_scale_factor: '0.05'
autovacuum_vacuum_cost_limit: '2000'
autovacuum_naptime: 15s
{{- else if eq .Values.tuning.autovacuum "gentle" }}
autovacuum_vacuum_cost_delay: 10ms
autovacuum_vacuum_cost_limit: '200'
autovacuum_max_workers: '2'
{{- end }}
{{- end -}}

{{- /* What keeps data and passwords safe, said outright where the operator or PostgreSQL has it as a default. */ -}}
{{- define "postgres.parameters.safety" -}}
ssl_min_protocol_version: {{ .Values.access.minimumTls }}
password_encryption: scram-sha-256
archive_timeout: 5min
idle_in_transaction_session_timeout: 5min
{{- end -}}

{{- /* Statistics and slow statements. Values of statements may be card numbers: they stay out of the log. */ -}}
{{- define "postgres.parameters.observability" -}}
pg_stat_statements.max: '10000'
pg_stat_statements.track: all
track_io_timing: 'on'
log_min_duration_statement: {{ .Values.logging.slowStatement }}
log_parameter_max_length: '0'
log_parameter_max_length_on_error: '0'
log_lock_waits: 'on'
log_temp_files: 10MB
log_autovacuum_min_duration: 1min
auto_explain.log_min_duration: {{ .Values.logging.explainSlowerThan }}
auto_explain.log_parameter_max_length: '0'
auto_explain.log_format: json
{{- end -}}

{{- define "postgres.parameters.audit" -}}
{{- if .Values.audit.enabled }}
log_connections: 'on'
log_disconnections: 'on'
pgaudit.log: {{ join ", " .Values.audit.classes }}
pgaudit.log_catalog: 'off'
pgaudit.log_parameter: 'off'
{{- with .Values.audit.role }}
pgaudit.role: {{ . | quote }}
{{- end }}
{{- end }}
{{- end -}}

{{- /* Slots on standbys, for change data capture: the operator asks for both parameters. */ -}}
{{- define "postgres.parameters.replication" -}}
{{- if .Values.changeDataCapture.enabled }}
hot_standby_feedback: 'on'
sync_replication_slots: 'on'
{{- end }}
{{- end -}}

{{- define "postgres.parameters.partitioning" -}}
{{- if .Values.partitioning.enabled }}
pg_partman_bgw.dbname: {{ include "postgres.database" . | quote }}
pg_partman_bgw.interval: {{ int .Values.partitioning.intervalSeconds | quote }}
pg_partman_bgw.role: {{ include "postgres.owner" . | quote }}
pg_partman_bgw.jobmon: 'off'
{{- end }}
{{- end -}}
