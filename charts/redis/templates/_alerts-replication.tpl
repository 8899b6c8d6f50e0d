{{- /*
redis.alerts.replication: there is one master, and replicas follow it. Call: include "redis.alerts.replication" $
*/ -}}
{{- define "redis.alerts.replication" -}}
{{- $series := include "redis.series" . -}}
{{- $masters := printf "count(redis_instance_info{%s,role=%q,redis_setup_type!=%q})" $series "master" "sentinel" -}}
{{ include "common.alert" (dict "root" . "name" "RedisReplicaCutOff" "for" "2m" "severity" "critical"
  "expr" (printf "redis_master_link_up{%s} == 0" $series)
  "summary" "The replica <pod> has lost its master") }}
{{ include "common.alert" (dict "root" . "name" "RedisReplicaLags" "for" "2m" "severity" "warning"
  "expr" (printf "redis_master_last_io_seconds_ago{%s} > %d" $series (int .Values.prometheusRule.replicationLagSeconds))
  "summary" "The replica <pod> heard nothing from its master for <value> s") }}
{{- if eq .Values.mode "cluster" }}
{{ include "common.alert" (dict "root" . "name" "RedisClusterDown" "for" "1m" "severity" "critical"
  "expr" (printf "redis_cluster_state{%s} == 0" $series)
  "summary" "<pod> says that the cluster does not serve") }}
{{ include "common.alert" (dict "root" . "name" "RedisClusterSlotsFail" "for" "1m" "severity" "critical"
  "expr" (printf "redis_cluster_slots_fail{%s} > 0 or redis_cluster_slots_assigned{%s} < 16384" $series $series)
  "summary" "<pod> sees slots that nobody serves") }}
{{ include "common.alert" (dict "root" . "name" "RedisMastersMissing" "for" "2m" "severity" "critical"
  "expr" (printf "(%s or vector(0)) < %d" $masters (int .Values.cluster.leaders))
  "summary" (printf "The cluster has <value> of %d masters" (int .Values.cluster.leaders))) }}
{{- else }}
{{ include "common.alert" (dict "root" . "name" "RedisNoMaster" "for" "1m" "severity" "critical"
  "expr" (printf "(%s or vector(0)) == 0" $masters)
  "summary" "No server takes writes") }}
{{ include "common.alert" (dict "root" . "name" "RedisTwoMasters" "for" "1m" "severity" "critical"
  "expr" (printf "%s > 1" $masters)
  "summary" "<value> servers take writes; what one of them took will be lost") }}
{{- end }}
{{- if include "redis.hasOwnSentinels" . }}
{{ include "common.alert" (dict "root" . "name" "RedisSentinelsMissing" "for" "5m" "severity" "critical"
  "expr" (printf "(count(redis_up{%s,redis_setup_type=%q} == 1) or vector(0)) < %s" $series "sentinel" (include "redis.quorum" .))
  "summary" "<value> Sentinels are up, too few to agree on a failover") }}
{{ include "common.alert" (dict "root" . "name" "RedisSentinelsDisagree" "for" "5m" "severity" "warning"
  "expr" (printf "redis_sentinel_master_ok_sentinels{%s} < %d" $series (int .Values.sentinel.members))
  "summary" "<pod> sees <value> Sentinels") }}
{{- end }}
{{- end -}}
