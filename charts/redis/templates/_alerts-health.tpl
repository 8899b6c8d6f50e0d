{{- /*
redis.alerts.health: servers are there, reachable and not restarting. Call: include "redis.alerts.health" $
*/ -}}
{{- define "redis.alerts.health" -}}
{{- $series := include "redis.series" . -}}
{{- $servers := include "redis.servers" . -}}
{{- $pods := printf "namespace=%q,pod=~%q" .Release.Namespace (printf "%s-.*" (include "redis.name" .)) -}}
{{ include "common.alert" (dict "root" . "name" "RedisDown" "for" "2m" "severity" "critical"
  "expr" (printf "redis_up{%s} == 0" $series)
  "summary" "Redis in <pod> does not answer its exporter") }}
{{ include "common.alert" (dict "root" . "name" "RedisServersMissing" "for" "5m" "severity" "critical"
  "expr" (printf "(count(redis_up{%s,redis_setup_type!=%q} == 1) or vector(0)) < %s" $series "sentinel" $servers)
  "summary" (printf "<value> of %s servers are up" $servers)) }}
{{ include "common.alert" (dict "root" . "name" "RedisRestarting" "for" "0m" "severity" "warning"
  "expr" (printf "increase(kube_pod_container_status_restarts_total{%s}[1h]) > 3" $pods)
  "summary" "<container> in <pod> restarted <value> times in an hour") }}
{{ include "common.alert" (dict "root" . "name" "RedisClientsNearLimit" "for" "5m" "severity" "warning"
  "expr" (printf "100 * redis_connected_clients{%s} / redis_config_maxclients{%s} > %d" $series $series (int .Values.prometheusRule.clientsPercent))
  "summary" "<pod> has <value> % of the clients it takes") }}
{{ include "common.alert" (dict "root" . "name" "RedisClientsRefused" "for" "0m" "severity" "critical"
  "expr" (printf "increase(redis_rejected_connections_total{%s}[5m]) > 0" $series)
  "summary" "<pod> refused <value> clients, because it has as many as it takes") }}
{{ include "common.alert" (dict "root" . "name" "RedisCommandsSlow" "for" "0m" "severity" "warning"
  "expr" (printf "delta(redis_slowlog_last_id{%s}[15m]) > 50" $series)
  "summary" "<pod> ran <value> slow commands in 15 minutes") }}
{{- if .Values.tls.enabled }}
{{- /* A scrape of cert-manager that does not honour labels calls the certificate's namespace the exported one. */ -}}
{{- $name := include "common.fullname" (dict "root" . "suffix" "tls") }}
{{- $end := printf "certmanager_certificate_expiration_timestamp_seconds{%%s=%q,name=%q}" .Release.Namespace $name }}
{{ include "common.alert" (dict "root" . "name" "RedisCertificateExpires" "for" "1h" "severity" "critical"
  "expr" (printf "(%s or %s) - time() < 7 * 86400" (printf $end "namespace") (printf $end "exported_namespace"))
  "summary" "The certificate <name> ends in less than a week, and was not renewed") }}
{{- end }}
{{- end -}}
