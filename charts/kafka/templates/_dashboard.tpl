{{- /*
kafka.dashboardRows: what somebody on call reads, from top to bottom. Call: include "kafka.dashboardRows" $ | fromYamlArray
*/ -}}
{{- define "kafka.dashboardRows" -}}
{{- $of := printf "{namespace=%q,kafka=%q}" .Release.Namespace (include "kafka.name" (dict "root" .)) -}}
{{- /* BrokerTopicMetrics are there once for the broker, without a topic, and once for each topic: both together count twice. */ -}}
{{- $ofBroker := replace "}" `,topic=""}` $of -}}
{{- $ofTopic := replace "}" `,topic!=""}` $of -}}
{{- $byPod := "{{pod}}" | quote -}}
- title: Now
  panels:
    - title: Brokers that answer
      type: stat
      unit: none
      description: {{ printf "Of %s." (include "kafka.brokerCount" .) | quote }}
      steps: [red, {{ include "kafka.brokerCount" . }}, green]
      queries: [{ legend: brokers, expr: {{ printf "count(kafka_server_replicamanager_leadercount%s) or vector(0)" $of | quote }} }]
    - title: Active controllers
      type: stat
      unit: none
      description: 'None: nothing is led anew. Two: the cluster is split.'
      steps: [red, 1, green, 2, red]
      queries: [{ legend: controllers, expr: {{ printf "sum(kafka_controller_kafkacontroller_activecontrollercount%s)" $of | quote }} }]
    - { title: Offline partitions, type: stat, unit: none, alerts: [KafkaOfflinePartitions], legend: partitions, description: They can be neither read nor written. }
    - title: Partitions below min in-sync
      type: stat
      unit: none
      description: Writes to them fail.
      steps: [green, 1, red]
      queries: [{ legend: partitions, expr: {{ printf "sum(kafka_cluster_partition_underminisr%s)" $of | quote }} }]
    - { title: Failed disks, type: stat, unit: none, alerts: [KafkaOfflineDisk], legend: {{ $byPod }}, description: Of each broker. }
- title: 'Traffic, errors, latency'
  panels:
    - title: Bytes in
      type: timeseries
      unit: Bps
      description: Of each broker.
      queries: [{ legend: {{ $byPod }}, expr: {{ printf "sum by (pod) (rate(kafka_server_brokertopicmetrics_bytesinpersec_total%s[$__rate_interval]))" $ofBroker | quote }} }]
    - title: Bytes out
      type: timeseries
      unit: Bps
      description: Of each broker, to readers.
      queries: [{ legend: {{ $byPod }}, expr: {{ printf "sum by (pod) (rate(kafka_server_brokertopicmetrics_bytesoutpersec_total%s[$__rate_interval]))" $ofBroker | quote }} }]
    - title: Records in by topic
      type: timeseries
      unit: cps
      description: The ten with the most.
      queries: [{ legend: {{ "{{topic}}" | quote }}, expr: {{ printf "topk(10, sum by (topic) (rate(kafka_server_brokertopicmetrics_messagesinpersec_total%s[$__rate_interval])))" $ofTopic | quote }} }]
    - { title: Partitions that lack copies, type: timeseries, unit: none, alerts: [KafkaUnderReplicated], legend: {{ $byPod }}, description: One more loss may stop writes. }
    - { title: Unclean elections in 15 minutes, type: timeseries, unit: none, alerts: [KafkaUncleanElection], legend: elections, description: Acknowledged records are lost. }
    - title: Metadata commit latency
      type: timeseries
      unit: ms
      description: How long the controllers take to agree.
      queries: [{ legend: {{ $byPod }}, expr: {{ printf "avg by (pod) (kafka_server_raft_metrics_commit_latency_avg%s)" $of | quote }} }]
- title: Saturation
  panels:
    - { title: Free disk, type: timeseries, unit: percent, alerts: [KafkaDiskFilling], legend: {{ "{{persistentvolumeclaim}}" | quote }}, description: A broker with a full disk stops. }
    - { title: Network threads idle, type: timeseries, unit: percentunit, alerts: [KafkaNetworkBusy], legend: {{ $byPod }}, description: 'At none, requests wait.' }
    - { title: Records not yet read, type: timeseries, unit: none, alerts: [KafkaConsumerLag], legend: {{ "{{consumergroup}}, {{topic}}" | quote }}, description: Of each group of consumers and topic. }
{{- end -}}
