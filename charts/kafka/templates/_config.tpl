{{- /*
kafka.ownConfig: broker settings that follow from other values, so `config` may not set them. Call: include "kafka.ownConfig" $ | fromYaml
*/ -}}
{{- define "kafka.ownConfig" -}}
{{- $factor := int .Values.replication.factor -}}
{{- $inSync := int .Values.replication.minInSyncReplicas -}}
default.replication.factor: {{ $factor }}
min.insync.replicas: {{ $inSync }}
offsets.topic.replication.factor: {{ $factor }}
transaction.state.log.replication.factor: {{ $factor }}
transaction.state.log.min.isr: {{ $inSync }}
share.coordinator.state.topic.replication.factor: {{ $factor }}
share.coordinator.state.topic.min.isr: {{ $inSync }}
{{- if .Values.racks.enabled }}
replica.selector.class: org.apache.kafka.common.replica.RackAwareReplicaSelector
{{- end }}
{{- end -}}

{{- /*
kafka.config: all broker settings. Topics are made on purpose, and a replica that lacks records never leads.
Call: include "kafka.config" $
*/ -}}
{{- define "kafka.config" -}}
{{- $safe := dict "auto.create.topics.enable" false "unclean.leader.election.enable" false -}}
{{- toYaml (merge (include "kafka.ownConfig" . | fromYaml) (deepCopy .Values.config) $safe) -}}
{{- end -}}

{{- /*
kafka.ignored: which of these settings Strimzi would ignore, since it sets them itself; one a line. The lists are those
of Strimzi 1.2's API, FORBIDDEN_PREFIXES and FORBIDDEN_PREFIX_EXCEPTIONS of KafkaClusterSpec and KafkaConnectSpec.
Call: include "kafka.ignored" (dict "config" .Values.config "of" "brokers")
*/ -}}
{{- define "kafka.ignored" -}}
{{- $prefixes := dict
      "brokers" (list "listeners" "advertised." "broker." "listener." "host.name" "port" "inter.broker.listener.name" "sasl." "ssl." "security." "password." "log.dir" "zookeeper." "authorizer." "super.user" "cruise.control.metrics." "node.id" "process.roles" "controller." "metadata.log.dir" "client.quota.callback." "prometheus.metrics.reporter." "cordoned.log.dirs")
      "workers" (list "group.id" "config.storage.topic" "offset.storage.topic" "status.storage.topic" "ssl." "sasl." "security." "listeners" "plugin.path" "rest." "bootstrap.servers" "consumer.interceptor.classes" "producer.interceptor.classes" "prometheus.metrics.reporter.") -}}
{{- $taken := list "sasl.server.max.receive.size" "ssl.endpoint.identification.algorithm" "ssl.cipher.suites" "ssl.protocol" "ssl.enabled.protocols" "ssl.secure.random.implementation" "broker.session.timeout.ms" "broker.heartbeat.interval.ms" "controller.socket.timeout.ms" "controller.quorum.election.backoff.max.ms" "controller.quorum.election.timeout.ms" "controller.quorum.fetch.timeout.ms" "cruise.control.metrics.topic.num.partitions" "cruise.control.metrics.topic.replication.factor" "cruise.control.metrics.topic.retention.ms" "cruise.control.metrics.topic.min.insync.replicas" -}}
{{- range $key, $_ := .config -}}
{{- if not (has $key $taken) -}}
{{- range $prefix := get $prefixes $.of -}}
{{- if hasPrefix $prefix $key }}
{{ $key }}
{{- end -}}
{{- end -}}
{{- end -}}
{{- end -}}
{{- end -}}
