{{- /*
kafka.topics: every topic by name with all that its KafkaTopic needs: those of `topics`, the dead letters of consumers and
sinks, and those of Connect, mirror, registry and test. What `topics` says of a name wins. Call: include "kafka.topics" $ | fromYaml
*/ -}}
{{- define "kafka.topics" -}}
{{- $topics := dict -}}
{{- range $part := list "kafka.topics.deadLetters" "kafka.topics.connect" "kafka.topics.mirror" "kafka.topics.registry" "kafka.topics.test" -}}
{{- $topics = merge $topics (include $part $ | fromYaml) -}}
{{- end -}}
{{- $topics = mergeOverwrite $topics (deepCopy .Values.topics) -}}
{{- $whole := dict -}}
{{- range $name, $topic := $topics -}}
{{- $_ := set $whole $name (include "kafka.topic" (dict "root" $ "topic" ($topic | default dict)) | fromYaml) -}}
{{- end -}}
{{- toYaml $whole -}}
{{- end -}}

{{- /*
kafka.topic: one topic with preset and defaults applied. Call: include "kafka.topic" (dict "root" $ "topic" $topic) | fromYaml
*/ -}}
{{- define "kafka.topic" -}}
{{- $preset := .topic.preset | default "eventStream" -}}
{{- $day := 86400000 -}}
{{- $presets := dict
      "eventStream" (dict "cleanup.policy" "delete" "retention.ms" (mul 7 $day | toString))
      "compactedState" (dict "cleanup.policy" "compact" "delete.retention.ms" (mul 7 $day | toString) "max.compaction.lag.ms" (toString $day) "segment.ms" (toString $day))
      "deadLetter" (dict "cleanup.policy" "delete" "retention.ms" (mul (int .root.Values.deadLetters.retentionDays) $day | toString))
      "internal" (dict "cleanup.policy" "compact") -}}
{{- $config := set (get $presets $preset) "min.insync.replicas" (.root.Values.replication.minInSyncReplicas | toString) -}}
{{- range $key, $value := .topic.config -}}
{{- if empty $value -}}
{{- $config = omit $config $key -}}
{{- else -}}
{{- $_ := set $config $key $value -}}
{{- end -}}
{{- end -}}
preset: {{ $preset }}
partitions: {{ .topic.partitions | default .root.Values.topicDefaults.partitions | int }}
replicas: {{ .topic.replicas | default .root.Values.replication.factor | int }}
compatibility: {{ .topic.compatibility | default .root.Values.topicDefaults.compatibility }}
config: {{- toYaml $config | nindent 2 }}
{{- end -}}

{{- /*
kafka.deadLetterName: the topic for what a group cannot process. Call: include "kafka.deadLetterName" (dict "root" $ "topic" "accounts.events" "group" "ledger")
*/ -}}
{{- define "kafka.deadLetterName" -}}
{{ .topic }}.{{ .group }}.{{ .root.Values.deadLetters.suffix }}
{{- end -}}

{{- /* A dead letter goes to the partition that its record came from, so both topics have as many. */ -}}
{{- define "kafka.topics.deadLetters" -}}
{{- range $user, $roles := .Values.users }}
{{- with $roles.consumer }}
{{- if .deadLetters }}
{{- $group := .group | default $user }}
{{- range $topic := .topics }}
{{ include "kafka.deadLetterName" (dict "root" $ "topic" $topic "group" $group) | quote }}:
  preset: deadLetter
  partitions: {{ (get $.Values.topics $topic | default dict).partitions | default $.Values.topicDefaults.partitions | int }}
{{- end }}
{{- end }}
{{- end }}
{{- end }}
{{- end -}}

{{- /*
kafka.workerTopics: the three topics of a group of Connect workers, with the partitions that Connect itself would give them.
*/ -}}
{{- define "kafka.workerTopics" -}}
{{ . }}-configs: { preset: internal, partitions: 1 }
{{ . }}-offsets: { preset: internal, partitions: 25 }
{{ . }}-status: { preset: internal, partitions: 5 }
{{- end -}}

{{- /*
kafka.storageTopics: the same of the chart's own workers. Call: include "kafka.storageTopics" (dict "root" $ "part" "connect")
*/ -}}
{{- define "kafka.storageTopics" -}}
{{- $storage := include "kafka.storageOf" . | fromYaml -}}
{{ $storage.configs | quote }}: { preset: internal, partitions: 1 }
{{ $storage.offsets | quote }}: { preset: internal, partitions: 25 }
{{ $storage.status | quote }}: { preset: internal, partitions: 5 }
{{- end -}}

{{- define "kafka.topics.connect" -}}
{{- range .Values.users }}
{{- with .connect }}
{{ include "kafka.workerTopics" .group }}
{{- end }}
{{- end }}
{{- if .Values.connect.enabled }}
{{ include "kafka.storageTopics" (dict "root" . "part" "connect") }}
{{- range $name, $connector := .Values.connect.connectors }}
{{- with $connector.postgres }}
{{- $prefix := .topicPrefix | default $name }}
{{- range .tables }}
{{ printf "%s.%s" $prefix . | replace "$" "_" | quote }}: {}
{{- end }}
{{ printf "heartbeat.%s" $prefix | quote }}: { partitions: 1, config: { retention.ms: '86400000' } }
{{ printf "%s.signals" $prefix | quote }}: { partitions: 1 }
{{- end }}
{{- if $connector.reads }}
{{ printf "%s.%s" $name $.Values.deadLetters.suffix | quote }}: { preset: deadLetter }
{{- end }}
{{- end }}
{{- end }}
{{- end -}}

{{- define "kafka.topics.mirror" -}}
{{- if .Values.mirror.enabled }}
{{ include "kafka.storageTopics" (dict "root" . "part" "mirror") }}
{{- range $alias, $_ := include "kafka.mirrors" . | fromYaml }}
mm2-offset-syncs.{{ $alias }}.internal: { preset: internal, partitions: 1 }
{{ $alias }}.checkpoints.internal: { preset: internal, partitions: 1 }
{{- end }}
{{- end }}
{{- end -}}

{{- /*
The registry's journal is its memory: every record of it, in one order, for good, or the registry refuses to start.
*/ -}}
{{- define "kafka.topics.registry" -}}
{{- if .Values.registry.enabled }}
{{- $name := include "kafka.name" (dict "root" . "suffix" "registry") }}
{{- range $topic := list "journal" "snapshots" }}
{{ $name }}-{{ $topic }}: { preset: internal, partitions: 1, config: { cleanup.policy: delete, retention.ms: '-1', retention.bytes: '-1' } }
{{- end }}
{{ $name }}-events: { preset: internal, partitions: 1, config: { cleanup.policy: delete, retention.ms: '604800000' } }
{{- end }}
{{- end -}}

{{- define "kafka.topics.test" -}}
{{- if include "kafka.isTested" . }}
{{ include "kafka.ownUser" (dict "root" . "part" "test") }}: { preset: internal, partitions: 1, config: { cleanup.policy: delete, retention.ms: '3600000' } }
{{- end }}
{{- end -}}

{{- /*
kafka.mirrored: topics that a mirror writes, `copy` or its own `bookkeeping`, by name: what is deleted together when this
cluster is to follow anew. Call: include "kafka.mirrored" $ | fromYaml
*/ -}}
{{- define "kafka.mirrored" -}}
{{- $mirrored := dict -}}
{{- range $alias, $mirror := include "kafka.mirrors" . | fromYaml -}}
{{- range include "kafka.copies" (dict "root" $ "alias" $alias "topics" $mirror.topics) | fromJsonArray -}}
{{- $_ := set $mirrored . "copy" -}}
{{- end -}}
{{- end -}}
{{- range $name, $_ := include "kafka.topics.mirror" . | fromYaml -}}
{{- $_ := set $mirrored $name "bookkeeping" -}}
{{- end -}}
{{- toYaml $mirrored -}}
{{- end -}}
