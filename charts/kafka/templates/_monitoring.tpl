{{- /*
kafka.measured: names of the parts that answer scrapes. Call: include "kafka.measured" $
*/ -}}
{{- define "kafka.measured" -}}
{{- range $part, $enabled := dict "kafka" true "kafka-exporter" .Values.exporter.enabled "connect" .Values.connect.enabled "mirrormaker2" .Values.mirror.enabled }}
{{- if $enabled }}
- {{ include "kafka.podsOf" (dict "root" $ "part" $part) | trimPrefix "strimzi.io/name: " }}
{{- end }}
{{- end }}
{{- end -}}

{{- /*
kafka.alerts: what is worth waking somebody for, by name. The metrics are those of Strimzi's reporter, of Kafka Exporter,
of the kubelet, and of Strimzi's operator. Call: include "kafka.alerts" $ | fromYaml
*/ -}}
{{- define "kafka.alerts" -}}
{{- $name := include "kafka.name" (dict "root" .) -}}
{{- $of := printf "{namespace=%q,kafka=%q}" .Release.Namespace $name -}}
{{- $topics := printf "{namespace=%q,kafka=%q,topic!~\"__.*\"}" .Release.Namespace $name -}}
{{- /* The registry reads under a new group at every start, and leaves the old ones behind. */ -}}
{{- if .Values.registry.enabled -}}
{{- $topics = replace "}" (printf ",consumergroup!~\"%s-.*\"}" (include "kafka.ownUser" (dict "root" . "part" "registry"))) $topics -}}
{{- end -}}
{{- $disks := printf "{namespace=%q,persistentvolumeclaim=~\"data-[0-9]+-%s-.*\"}" .Release.Namespace $name -}}
KafkaBrokersMissing:
  expr: count(kafka_server_replicamanager_leadercount{{ $of }}) < {{ include "kafka.brokerCount" . }} or absent(kafka_server_replicamanager_leadercount{{ $of }})
  for: 2m
  severity: critical
  summary: fewer brokers answer than there should be
KafkaNoController:
  expr: sum(kafka_controller_kafkacontroller_activecontrollercount{{ $of }}) != 1 or absent(kafka_controller_kafkacontroller_activecontrollercount{{ $of }})
  for: 1m
  severity: critical
  summary: the cluster has no controller, or two
KafkaOfflinePartitions:
  expr: max(kafka_controller_kafkacontroller_offlinepartitionscount{{ $of }}) > 0
  for: 1m
  severity: critical
  summary: partitions have no leader and can be neither read nor written
KafkaBelowMinInSync:
  expr: sum by (topic) (kafka_cluster_partition_underminisr{{ $of }}) > 0
  for: 1m
  severity: critical
  summary: partitions have fewer copies than a write needs, so writes fail
KafkaUnderReplicated:
  expr: sum by (pod) (kafka_server_replicamanager_underreplicatedpartitions{{ $of }}) > 0
  for: 10m
  severity: warning
  summary: partitions lack copies; one more loss may stop writes
KafkaOfflineDisk:
  expr: max by (pod) (kafka_log_logmanager_offlinelogdirectorycount{{ $of }}) > 0
  for: 1m
  severity: critical
  summary: a disk of a broker has failed
KafkaUncleanElection:
  expr: sum(increase(kafka_controller_controllerstats_uncleanleaderelectionspersec_total{{ $of }}[15m])) > 0
  for: 0m
  severity: critical
  summary: a replica without all records became leader, so acknowledged records are lost
KafkaDiskFilling:
  expr: 100 * kubelet_volume_stats_available_bytes{{ $disks }} / kubelet_volume_stats_capacity_bytes{{ $disks }} < {{ int .Values.rules.diskFreePercent }}
  for: 15m
  severity: warning
  summary: a disk is nearly full
KafkaDiskFullSoon:
  expr: predict_linear(kubelet_volume_stats_available_bytes{{ $disks }}[6h], 2 * 86400) < 0
  for: 1h
  severity: critical
  summary: at this rate a disk is full in two days
KafkaNetworkBusy:
  expr: avg by (pod) (kafka_network_socketserver_networkprocessoravgidlepercent{{ $of }}) < 0.2
  for: 15m
  severity: warning
  summary: the network threads of a broker are nearly always busy
KafkaCertificateNotRenewed:
  expr: min by (type) (strimzi_certificate_expiration_timestamp_ms{resource_namespace={{ .Release.Namespace | quote }},cluster={{ $name | quote }}}) / 1000 - time() < {{ int .Values.rules.certificateDays }} * 86400
  for: 1h
  severity: critical
  summary: a certificate ends soon and was not renewed
{{- if .Values.exporter.enabled }}
KafkaConsumerLag:
  expr: sum by (consumergroup, topic) (kafka_consumergroup_lag{{ $topics }}) > {{ int .Values.rules.consumerLagRecords }}
  for: {{ int .Values.rules.consumerLagSeconds }}s
  severity: warning
  summary: a consumer group falls behind
KafkaConsumerStuck:
  expr: sum by (consumergroup, topic) (kafka_consumergroup_lag{{ $topics }}) > 0 and sum by (consumergroup, topic) (delta(kafka_consumergroup_current_offset{{ $topics }}[10m])) == 0
  for: {{ int .Values.rules.consumerLagSeconds }}s
  severity: critical
  summary: a consumer group has records to read and reads none
KafkaDeadLetters:
  expr: sum by (topic) (increase(kafka_topic_partition_current_offset{namespace={{ .Release.Namespace | quote }},kafka={{ $name | quote }},topic=~".+\\.{{ .Values.deadLetters.suffix }}"}[10m])) > 0
  for: 0m
  severity: warning
  summary: records could not be processed and were put aside
{{- end }}
{{- if or .Values.connect.enabled .Values.mirror.enabled }}
KafkaConnectorFailed:
  expr: sum by (connector) (kafka_connect_connector_metrics_status_info{namespace={{ .Release.Namespace | quote }},kafka={{ $name | quote }},status="failed"}) > 0
  for: 5m
  severity: critical
  summary: a connector has failed and moves no records
KafkaConnectorTaskFailed:
  expr: sum by (connector) (kafka_connect_connect_worker_metrics_connector_failed_task_count{{ $of }}) > 0
  for: 5m
  severity: critical
  summary: a task of a connector has failed, and with it a part of its records
{{- end }}
{{- if .Values.mirror.enabled }}
KafkaMirrorBehind:
  expr: max by (topic) (kafka_connect_mirror_mirrorsourceconnector_replication_latency_ms_max{{ $of }}) / 1000 > {{ int .Values.rules.mirrorLagSeconds }}
  for: 5m
  severity: critical
  summary: the mirror is behind its source; a lost region would cost these records
{{- if eq .Values.mirror.state "running" }}
{{- $stalled := list }}
{{- range $alias, $_ := include "kafka.mirrors" . | fromYaml }}
{{- $fetches := printf "%s{namespace=%q,kafka=%q,client_id=~\"%s->.*\"}" (include "kafka.mirrorFetches" $) $.Release.Namespace $name $alias }}
{{- $stalled = append $stalled (printf "sum by (client_id) (increase(%s[5m])) == 0 or absent(%s)" $fetches $fetches) }}
{{- end }}
KafkaMirrorStalled:
  expr: {{ join " or " $stalled | squote }}
  for: 5m
  severity: critical
  summary: the mirror hears nothing from its source; what is written there is not here
{{- end }}
{{- end }}
{{- $brought := list }}
{{- range $kind, $names := include "kafka.broughtSecrets" . | fromYaml }}
{{- with $names }}
{{- $brought = append $brought (printf "max by (name) (%s_status_condition{condition=\"Ready\",status=\"False\",name=~%q}) == 1" $kind (join "|" .)) }}
{{- end }}
{{- end }}
{{- with $brought }}
KafkaSecretsNotBrought:
  expr: {{ join " or " . | quote }}
  for: 1h
  severity: critical
  summary: credentials no longer follow their renewal from cluster to cluster, and will end
{{- end }}
{{- if include "kafka.registryServes" . }}
{{ include "kafka.registryAlerts" . | trim }}
{{- end }}
{{- end -}}
