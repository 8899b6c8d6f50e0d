{{- /*
kafka.groupOf: group of the workers of `connect` or `mirror`. Call: include "kafka.groupOf" (dict "root" $ "part" "connect")
*/ -}}
{{- define "kafka.groupOf" -}}
{{ (get .root.Values .part).group | default (include "kafka.name" (dict "root" .root "suffix" .part)) }}
{{- end -}}

{{- /*
kafka.storageOf: the workers' three topics, by what they keep. Call: include "kafka.storageOf" (dict "root" $ "part" "connect") | fromYaml
*/ -}}
{{- define "kafka.storageOf" -}}
{{- $group := include "kafka.groupOf" . -}}
{{- range $of := list "configs" "offsets" "status" }}
{{ $of }}: {{ get (get $.root.Values $.part).storage $of | default (printf "%s-%s" $group $of) | quote }}
{{- end }}
{{- end -}}

{{- /*
kafka.workerConfig: settings of the workers that follow from the cluster, so nobody may set them: -1 is the brokers' own
factor, and each source record is written once. Call: include "kafka.workerConfig" $ | fromYaml
*/ -}}
{{- define "kafka.workerConfig" -}}
config.storage.replication.factor: -1
offset.storage.replication.factor: -1
status.storage.replication.factor: -1
exactly.once.source.support: enabled
{{- end -}}

{{- /*
kafka.connectConfig: settings of the workers that `connect.config` may replace; secrets are read from mounted files alone.
Call: include "kafka.connectConfig" $ | fromYaml
*/ -}}
{{- define "kafka.connectConfig" -}}
key.converter: org.apache.kafka.connect.json.JsonConverter
value.converter: org.apache.kafka.connect.json.JsonConverter
key.converter.schemas.enable: false
value.converter.schemas.enable: false
config.providers: directory
config.providers.directory.class: org.apache.kafka.common.config.provider.DirectoryConfigProvider
config.providers.directory.param.allowed.paths: /mnt
{{- end -}}

{{- /*
kafka.connectSecrets: names of the Secrets that every worker mounts. Call: include "kafka.connectSecrets" $ | fromYamlArray
*/ -}}
{{- define "kafka.connectSecrets" -}}
{{- $secrets := .Values.connect.secrets -}}
{{- range .Values.connect.connectors -}}
{{- with .postgres -}}
{{- $secrets = concat $secrets (list (include "kafka.authorityOf" .) (.credentials | default (printf "%s-cdc" .cluster))) -}}
{{- $secrets = concat $secrets (list (include "kafka.ownUser" (dict "root" $ "part" "connect")) (printf "%s-cluster-ca-cert" (include "kafka.name" (dict "root" $)))) -}}
{{- end -}}
{{- end -}}
{{- $secrets | uniq | sortAlpha | toYaml -}}
{{- end -}}

{{- /*
kafka.authorityOf: the Secret with the authority of a database. Call: include "kafka.authorityOf" $connector.postgres
*/ -}}
{{- define "kafka.authorityOf" -}}
{{ .authority | default (printf "%s-ca" .cluster) }}
{{- end -}}

{{- /*
kafka.debeziumPostgres: settings of a Debezium source. The heartbeat is a message in the WAL, so a quiet database lets its
slot move on; signals come by topic, and snapshots on demand need no table to write to (read.only). From PostgreSQL 17 on
the slot follows the primary in a failover, where the chart postgres has `changeDataCapture.enabled`.
https://debezium.io/documentation/reference/stable/connectors/postgresql.html
Call: include "kafka.debeziumPostgres" (dict "root" $ "name" "ledger" "postgres" $connector.postgres) | fromYaml
*/ -}}
{{- define "kafka.debeziumPostgres" -}}
{{- $slot := .name | replace "-" "_" -}}
{{- $prefix := .postgres.topicPrefix | default .name -}}
{{- $credentials := .postgres.credentials | default (printf "%s-cdc" .postgres.cluster) -}}
{{- $user := include "kafka.ownUser" (dict "root" .root "part" "connect") -}}
plugin.name: pgoutput
database.hostname: {{ .postgres.host | default (printf "%s-rw" .postgres.cluster) | quote }}
database.port: '5432'
database.dbname: {{ .postgres.database | quote }}
database.user: ${directory:/mnt/{{ $credentials }}:username}
database.password: ${directory:/mnt/{{ $credentials }}:password}
database.sslmode: verify-full
database.sslrootcert: /mnt/{{ include "kafka.authorityOf" .postgres }}/ca.crt
topic.prefix: {{ $prefix | quote }}
table.include.list: {{ join "," .postgres.tables | quote }}
slot.name: {{ $slot | quote }}
slot.failover: 'true'
publication.name: {{ .postgres.publication | default $slot | quote }}
publication.autocreate.mode: disabled
heartbeat.interval.ms: '10000'
heartbeat.action.query: SELECT pg_logical_emit_message(false, 'heartbeat', now()::text)
topic.heartbeat.prefix: heartbeat
read.only: 'true'
signal.enabled.channels: kafka
signal.kafka.topic: {{ $prefix }}.signals
signal.kafka.groupId: {{ .name }}-signals
{{- $way := .root.Values.connect.authentication }}
signal.kafka.bootstrap.servers: {{ include "kafka.bootstrapFor" (dict "root" .root "authentication" $way) }}
signal.consumer.ssl.truststore.type: PEM
signal.consumer.ssl.truststore.certificates: ${directory:/mnt/{{ include "kafka.name" (dict "root" .root) }}-cluster-ca-cert:ca.crt}
{{- if eq $way "tls" }}
signal.consumer.security.protocol: SSL
signal.consumer.ssl.keystore.type: PEM
signal.consumer.ssl.keystore.certificate.chain: ${directory:/mnt/{{ $user }}:user.crt}
signal.consumer.ssl.keystore.key: ${directory:/mnt/{{ $user }}:user.key}
{{- else }}
signal.consumer.security.protocol: SASL_SSL
signal.consumer.sasl.mechanism: SCRAM-SHA-512
signal.consumer.sasl.jaas.config: ${directory:/mnt/{{ $user }}:sasl.jaas.config}
{{- end }}
{{- end -}}

{{- /*
kafka.sink: settings of a sink: what it cannot write is kept with the reason in its headers, and the rest goes on.
Call: include "kafka.sink" (dict "root" $ "name" "archive" "reads" $connector.reads) | fromYaml
*/ -}}
{{- define "kafka.sink" -}}
topics: {{ join "," .reads | quote }}
errors.tolerance: all
errors.log.enable: 'true'
errors.deadletterqueue.topic.name: {{ .name }}.{{ .root.Values.deadLetters.suffix }}
errors.deadletterqueue.topic.replication.factor: '-1'
errors.deadletterqueue.context.headers.enable: 'true'
{{- end -}}
