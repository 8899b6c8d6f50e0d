{{- /*
postgres.rulesOf: all alerts of the release. Call: include "postgres.rulesOf" $ | fromJsonArray
*/ -}}
{{- define "postgres.rulesOf" -}}
{{- $rules := list -}}
{{- range include "postgres.ruleGroups" . | fromJsonArray -}}
{{- $rules = concat $rules .rules -}}
{{- end -}}
{{- toJson $rules -}}
{{- end -}}

{{- /*
postgres.dashboardRows: what somebody on call reads, from top to bottom. Call: include "postgres.dashboardRows" $ | fromYamlArray
*/ -}}
{{- define "postgres.dashboardRows" -}}
{{- $clusters := include "postgres.clusterNames" . | fromJsonArray | join "|" -}}
{{- $of := printf "namespace=%q,cnpg_io_cluster=~%q" .Release.Namespace $clusters -}}
{{- $byPod := "{{pod}}" | quote -}}
{{- $byCluster := "{{cnpg_io_cluster}}" | quote -}}
{{- $byDatabase := "{{datname}}" | quote -}}
- title: Now
  panels:
    - { title: Instances, type: stat, unit: none, alerts: [PostgresDown], legend: {{ $byPod }}, description: 'Those that answer have 1.' }
    - { title: Standbys that stream, type: stat, unit: none, alerts: [PostgresStandbyMissing, PostgresNoStandby], legend: {{ $byCluster }}, description: 'With synchronous replication, writes wait where there is none.' }
    - { title: Connections, type: stat, unit: percent, alerts: [PostgresConnectionsHigh, PostgresConnectionsExhausted], legend: {{ $byPod }}, description: Of those that it takes. }
    - { title: Volumes, type: stat, unit: percent, alerts: [PostgresVolumeFilling, PostgresVolumeAlmostFull], legend: {{ "{{persistentvolumeclaim}}" | quote }}, description: 'Full, the instance stops.' }
    - { title: Age of the last base backup, type: stat, unit: s, alerts: [PostgresBackupTooOld], legend: {{ $byCluster }}, description: A restore replays all that was logged since. }
    - { title: Log not yet archived, type: stat, unit: none, alerts: [PostgresArchiveLag], legend: {{ $byPod }}, description: 'Segments that are in this cluster alone, 16 MiB each.' }
- title: 'Traffic, errors, latency'
  panels:
    - title: Transactions
      type: timeseries
      unit: ops
      description: Committed, by database.
      queries: [{ legend: {{ $byDatabase }}, expr: {{ printf "sum by (datname) (rate(cnpg_pg_stat_database_xact_commit{%s}[$__rate_interval]))" $of | quote }} }]
    - { title: Transactions rolled back, type: timeseries, unit: percentunit, alerts: [PostgresRollbacks], legend: {{ $byDatabase }}, description: Of those that are committed. }
    - { title: Mean time of a statement, type: timeseries, unit: s, alerts: [PostgresSlowStatement], legend: {{ "{{datname}} {{queryid}}" | quote }}, description: 'What it is: `select query from pg_stat_statements where queryid = ...`.' }
    - { title: Deadlocks in ten minutes, type: timeseries, unit: none, alerts: [PostgresDeadlocks], legend: {{ $byDatabase }}, description: One of the two transactions is rolled back. }
    - { title: Sessions that wait for locks, type: timeseries, unit: none, alerts: [PostgresBackendsWaiting], legend: {{ $byPod }}, description: They hold connections meanwhile. }
    - { title: Longest transaction, type: timeseries, unit: s, alerts: [PostgresLongTransaction], legend: {{ "{{datname}} {{usename}}" | quote }}, description: Vacuum removes nothing that is younger. }
- title: Saturation
  panels:
    - title: Sessions
      type: timeseries
      unit: none
      description: 'By state. Many that are idle in a transaction: a client forgets to end it.'
      queries: [{ legend: {{ "{{state}}" | quote }}, expr: {{ printf "sum by (state) (cnpg_backends_total{%s})" $of | quote }} }]
    - { title: Blocks that come from memory, type: timeseries, unit: percentunit, alerts: [PostgresCacheMisses], legend: {{ $byDatabase }}, description: The others are read from disk. }
    - { title: Sorts on disk, type: timeseries, unit: Bps, alerts: [PostgresTemporaryFiles], legend: {{ $byDatabase }}, description: They did not fit into work_mem. }
    - title: Size of databases
      type: timeseries
      unit: bytes
      description: Without logs.
      queries: [{ legend: {{ $byDatabase }}, expr: {{ printf "max by (datname) (cnpg_pg_database_size_bytes{%s})" $of | quote }} }]
    - { title: Age of the oldest transaction number, type: timeseries, unit: none, alerts: [PostgresTransactionAge, PostgresTransactionWraparound], legend: {{ $byDatabase }}, description: At 2.1 billion it takes no writes. }
    - { title: Dead rows, type: timeseries, unit: percentunit, alerts: [PostgresDeadRows], legend: {{ "{{schemaname}}.{{relname}}" | quote }}, description: 'Of all rows, in tables of more than 100000.' }
{{- if gt (int .Values.instances) 1 }}
- title: Replication
  panels:
    - title: Standbys behind
      type: timeseries
      unit: s
      description: 'How old what they have replayed is. Alerts PostgresReplicationLag and PostgresReplicationLagHigh judge it.'
      queries: [{ legend: {{ $byPod }}, expr: {{ printf "cnpg_pg_replication_lag{%s}" $of | quote }} }]
    - title: Log that slots hold back
      type: timeseries
      unit: bytes
      description: 'It stays on the volume until whoever has the slot has read it.'
      queries: [{ legend: {{ "{{slot_name}}" | quote }}, expr: {{ printf "max by (slot_name) (cnpg_pg_replication_slots_pg_wal_lsn_diff{%s})" $of | quote }} }]
{{- end }}
{{- end -}}
