{{- /*
redis.alerts.memory: the data fits, keys end, and a cache is worth its memory. Call: include "redis.alerts.memory" $
*/ -}}
{{- define "redis.alerts.memory" -}}
{{- $series := include "redis.series" . -}}
{{- $plan := include "redis.plan" . | fromYaml -}}
{{- $rule := .Values.prometheusRule -}}
{{ include "common.alert" (dict "root" . "name" "RedisKeysNeverEnd" "for" "30m" "severity" "warning"
  "expr" (printf "sum by (pod, db) (redis_db_keys{%s} - redis_db_keys_expiring{%s}) > 0" $series $series)
  "summary" "<value> keys in <db> of <pod> have no time to live") }}
{{- if not (hasPrefix "allkeys" $plan.policy) }}
{{ include "common.alert" (dict "root" . "name" "RedisMemoryNearLimit" "for" "5m" "severity" "critical"
  "expr" (printf "100 * redis_memory_used_bytes{%s} / redis_memory_max_bytes{%s} > %d" $series $series (int $rule.memoryPercent))
  "summary" "<pod> uses <value> % of the memory for data; when it is full, writes fail") }}
{{ include "common.alert" (dict "root" . "name" "RedisEvicts" "for" "5m" "severity" "warning"
  "expr" (printf "increase(redis_evicted_keys_total{%s}[5m]) > 0" $series)
  "summary" "<pod> threw out <value> keys before their time") }}
{{- else if int $rule.hitPercent }}
{{ include "common.alert" (dict "root" . "name" "RedisHitsLow" "for" "1h" "severity" "warning"
  "expr" (printf "100 * sum(rate(redis_keyspace_hits_total{%s}[15m])) / (sum(rate(redis_keyspace_hits_total{%s}[15m])) + sum(rate(redis_keyspace_misses_total{%s}[15m])) > 1) < %d" $series $series $series (int $rule.hitPercent))
  "summary" "Only <value> % of reads find their key") }}
{{- end }}
{{- if eq $plan.persistence "rdb" }}
{{ include "common.alert" (dict "root" . "name" "RedisSaveFailed" "for" "5m" "severity" "critical"
  "expr" (printf "redis_rdb_last_bgsave_status{%s} == 0" $series)
  "summary" "<pod> could not save its data") }}
{{- else if hasPrefix "aof" $plan.persistence }}
{{ include "common.alert" (dict "root" . "name" "RedisLogFailed" "for" "1m" "severity" "critical"
  "expr" (printf "redis_aof_last_write_status{%s} == 0 or redis_aof_last_bgrewrite_status{%s} == 0" $series $series)
  "summary" "<pod> could not write its log") }}
{{- end }}
{{- if .Values.backup.enabled }}
{{- $job := printf "namespace=%q,cronjob=%q" .Release.Namespace (include "redis.backupName" .) }}
{{ include "common.alert" (dict "root" . "name" "RedisBackupOld" "for" "0m" "severity" "critical"
  "expr" (printf "time() - (kube_cronjob_status_last_successful_time{%s} or kube_cronjob_created{%s}) > %d * 3600" $job $job (int .Values.backup.alertAfterHours))
  "summary" (printf "The last backup is older than %d hours" (int .Values.backup.alertAfterHours))) }}
{{- end }}
{{- end -}}
