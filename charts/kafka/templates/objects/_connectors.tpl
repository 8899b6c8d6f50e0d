{{- /* kafka.object.connectors: the KafkaConnectors, before the overlay. Call: include "kafka.object.connectors" $ */ -}}
{{- define "kafka.object.connectors" -}}
{{- if .Values.connect.enabled }}
{{- range $name, $connector := .Values.connect.connectors }}
---
apiVersion: kafka.strimzi.io/v1
kind: KafkaConnector
metadata:
  name: {{ $name | quote }}
  namespace: {{ $.Release.Namespace | quote }}
  labels:
    {{- include "kafka.labels" $ | nindent 4 }}
    strimzi.io/cluster: {{ include "kafka.name" (dict "root" $ "suffix" "connect") | quote }}
spec:
  class: {{ $connector.class | default "io.debezium.connector.postgresql.PostgresConnector" | quote }}
  tasksMax: {{ $connector.tasksMax | default 1 | int }}
  {{- with $connector.state }}
  state: {{ . }}
  {{- end }}
  autoRestart:
    enabled: true
  {{- $preset := dict }}
  {{- if $connector.postgres }}
  {{- $preset = include "kafka.debeziumPostgres" (dict "root" $ "name" $name "postgres" $connector.postgres) | fromYaml }}
  {{- else if $connector.reads }}
  {{- $preset = include "kafka.sink" (dict "root" $ "name" $name "reads" $connector.reads) | fromYaml }}
  {{- end }}
  config: {{- toYaml (merge (deepCopy ($connector.config | default dict)) $preset) | nindent 4 }}
{{- end }}
{{- end }}
{{- end -}}
