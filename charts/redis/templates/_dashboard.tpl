{{- /*
redis.dashboardRows: what somebody on call reads, from top to bottom. Call: include "redis.dashboardRows" $ | fromYamlArray
*/ -}}
{{- define "redis.dashboardRows" -}}
{{- $of := include "redis.series" . -}}
{{- $byPod := "{{pod}}" | quote -}}
- title: Now
  panels:
    - { title: Servers, type: stat, unit: none, alerts: [RedisDown], legend: {{ $byPod }}, description: 'Those that answer their exporter have 1.' }
    - title: Masters
      type: stat
      unit: none
      description: 'None: writes fail. More than there should be: two halves write apart.'
      steps: [red, 1, green]
      queries: [{ legend: masters, expr: {{ printf "count(redis_instance_info{%s,role=\"master\",redis_setup_type!=\"sentinel\"})" $of | quote }} }]
    - { title: Memory for data, type: stat, unit: percent, alerts: [RedisMemoryNearLimit], legend: {{ $byPod }}, description: 'When it is full, writes fail.' }
    - { title: Reads that find their key, type: stat, unit: percent, alerts: [RedisHitsLow], legend: reads, description: 'A cache that is not hit is worth nothing.' }
    - { title: Clients of those it takes, type: stat, unit: percent, alerts: [RedisClientsNearLimit], legend: {{ $byPod }}, description: 'Beyond 100 %, clients are refused.' }
- title: 'Traffic, errors, latency'
  panels:
    - title: Commands
      type: timeseries
      unit: ops
      description: Of each server.
      queries: [{ legend: {{ $byPod }}, expr: {{ printf "rate(redis_commands_processed_total{%s}[$__rate_interval])" $of | quote }} }]
    - { title: Clients refused in five minutes, type: timeseries, unit: none, alerts: [RedisClientsRefused], legend: {{ $byPod }}, description: 'It has as many as it takes.' }
    - title: Mean time of a command
      type: timeseries
      unit: s
      description: 'In the server, without the way to it.'
      queries: [{ legend: {{ "{{cmd}}" | quote }}, expr: {{ printf "sum by (cmd) (rate(redis_commands_duration_seconds_total{%s}[$__rate_interval])) / sum by (cmd) (rate(redis_commands_total{%s}[$__rate_interval]))" $of $of | quote }} }]
- title: Saturation
  panels:
    - title: Memory for data
      type: timeseries
      unit: percent
      description: Of the largest that it may become.
      queries: [{ legend: {{ $byPod }}, expr: {{ printf "100 * redis_memory_used_bytes{%s} / (redis_memory_max_bytes{%s} > 0)" $of $of | quote }} }]
    - title: Keys thrown out, and keys that ended
      type: timeseries
      unit: ops
      description: What is thrown out had no room.
      queries:
        - { legend: 'thrown out of {{ "{{pod}}" }}', expr: {{ printf "rate(redis_evicted_keys_total{%s}[$__rate_interval])" $of | quote }} }
        - { legend: 'ended in {{ "{{pod}}" }}', expr: {{ printf "rate(redis_expired_keys_total{%s}[$__rate_interval])" $of | quote }} }
    - title: Clients
      type: timeseries
      unit: none
      description: 'Connected, and of those the ones that wait for a list or stream.'
      queries:
        - { legend: {{ $byPod }}, expr: {{ printf "redis_connected_clients{%s}" $of | quote }} }
        - { legend: 'blocked in {{ "{{pod}}" }}', expr: {{ printf "redis_blocked_clients{%s}" $of | quote }} }
    - title: Keys without end
      type: timeseries
      unit: none
      description: They stay until somebody deletes them.
      queries: [{ legend: keys, expr: {{ printf "sum(redis_db_keys{%s} - redis_db_keys_expiring{%s})" $of $of | quote }} }]
    - title: Network
      type: timeseries
      unit: Bps
      description: Of each server.
      queries:
        - { legend: 'into {{ "{{pod}}" }}', expr: {{ printf "rate(redis_net_input_bytes_total{%s}[$__rate_interval])" $of | quote }} }
        - { legend: 'out of {{ "{{pod}}" }}', expr: {{ printf "rate(redis_net_output_bytes_total{%s}[$__rate_interval])" $of | quote }} }
    - title: Changes not yet in a snapshot
      type: timeseries
      unit: none
      description: They are lost with all servers at once.
      queries: [{ legend: {{ $byPod }}, expr: {{ printf "redis_rdb_changes_since_last_save{%s}" $of | quote }} }]
{{- if ne .Values.mode "standalone" }}
- title: Replication
  panels:
    - title: Silence of the master
      type: timeseries
      unit: s
      description: As its replicas hear it.
      queries: [{ legend: {{ $byPod }}, expr: {{ printf "redis_master_last_io_seconds_ago{%s}" $of | quote }} }]
{{- end }}
{{- end -}}
