{{- /*
kafka.acls.workers: what a group of Connect workers needs for itself: its membership, its three topics, and
transactions, by which a source writes each record once.
Call: include "kafka.acls.workers" (dict "group" "kafka-connect" "topics" (list "kafka-connect-configs" ...))
*/ -}}
{{- define "kafka.acls.workers" -}}
{{- $topics := sortAlpha .topics -}}
{{- include "kafka.acl" (dict "type" "group" "names" (list .group) "operations" (list "Read" "Describe")) }}
{{- include "kafka.acl" (dict "type" "topic" "names" $topics "operations" (list "Read" "Write" "Describe" "DescribeConfigs")) }}
{{- include "kafka.acl" (dict "type" "transactionalId" "names" (list (printf "connect-cluster-%s" .group)) "operations" (list "Write" "Describe")) }}
{{- include "kafka.acl" (dict "type" "transactionalId" "names" (list (printf "%s-" .group)) "pattern" "prefix" "operations" (list "Write" "Describe")) }}
{{- end -}}

{{- /* The chart's own Connect: what its connectors read and write, topic by topic. */ -}}
{{- define "kafka.acls.connect" -}}
{{- $own := dict "root" . "part" "connect" }}
{{- include "kafka.acls.workers" (dict "group" (include "kafka.groupOf" $own) "topics" (include "kafka.storageOf" $own | fromYaml | values)) }}
{{- range $name, $connector := .Values.connect.connectors }}
{{- with $connector.postgres }}
{{- $prefix := .topicPrefix | default $name }}
{{- $written := list (printf "heartbeat.%s" $prefix) }}
{{- range .tables }}
{{- $written = append $written (printf "%s.%s" $prefix . | replace "$" "_") }}
{{- end }}
{{- include "kafka.acl" (dict "type" "topic" "names" $written "operations" (list "Write" "Describe")) }}
{{- include "kafka.acl" (dict "type" "topic" "names" (list (printf "%s.signals" $prefix)) "operations" (list "Read" "Describe")) }}
{{- include "kafka.acl" (dict "type" "group" "names" (list (printf "%s-signals" $name)) "operations" (list "Read" "Describe")) }}
{{- end }}
{{- include "kafka.acl" (dict "type" "topic" "names" $connector.writes "operations" (list "Write" "Describe")) }}
{{- with $connector.reads }}
{{- include "kafka.acl" (dict "type" "topic" "names" . "operations" (list "Read" "Describe")) }}
{{- include "kafka.acl" (dict "type" "group" "names" (list (printf "connect-%s" $name)) "operations" (list "Read" "Describe")) }}
{{- include "kafka.acl" (dict "type" "topic" "names" (list (printf "%s.%s" $name $.Values.deadLetters.suffix)) "operations" (list "Write" "Describe")) }}
{{- end }}
{{- end }}
{{- end -}}

{{- /* The mirror writes the copies, and sets the positions of the groups that it follows. */ -}}
{{- define "kafka.acls.mirror" -}}
{{- $own := dict "root" . "part" "mirror" }}
{{- include "kafka.acls.workers" (dict "group" (include "kafka.groupOf" $own) "topics" (include "kafka.storageOf" $own | fromYaml | values)) }}
{{- range $alias, $mirror := include "kafka.mirrors" . | fromYaml }}
{{- $notes := list (printf "mm2-offset-syncs.%s.internal" $alias) (printf "%s.checkpoints.internal" $alias) }}
{{- $copies := include "kafka.copies" (dict "root" $ "alias" $alias "topics" $mirror.topics) | fromJsonArray }}
{{- include "kafka.acl" (dict "type" "topic" "names" (concat $notes $copies) "operations" (list "Read" "Write" "Describe" "DescribeConfigs")) }}
{{- include "kafka.acl" (dict "type" "group" "names" $mirror.groups "operations" (list "Read" "Describe")) }}
{{- if $mirror.topicsPattern }}
{{- include "kafka.acl" (dict "type" "topic" "names" (list "*") "operations" (list "Read" "Write" "Create" "Alter" "Describe" "DescribeConfigs")) }}
{{- end }}
{{- if $mirror.groupsPattern }}
{{- include "kafka.acl" (dict "type" "group" "names" (list "*") "operations" (list "Read" "Describe")) }}
{{- end }}
{{- end }}
{{- end -}}

{{- /*
The registry reads and writes its journal, under a new group at every start. Snapshots would lie on a disk that no pod
keeps, so it may write none. It asks how its topics are kept before it trusts them.
*/ -}}
{{- define "kafka.acls.registry" -}}
{{- $name := include "kafka.ownUser" (dict "root" . "part" "registry") -}}
{{- $rights := dict "journal" (list "Read" "Write") "snapshots" (list "Read") "events" (list "Write") -}}
{{- range $topic, $operations := $rights }}
{{- include "kafka.acl" (dict "type" "topic" "names" (list (printf "%s-%s" $name $topic)) "operations" (concat $operations (list "Describe" "DescribeConfigs"))) }}
{{- end }}
{{- include "kafka.acl" (dict "type" "group" "names" (list (printf "%s-" $name)) "pattern" "prefix" "operations" (list "Read" "Describe")) }}
{{- end -}}

{{- /* `helm test` has a topic to itself. */ -}}
{{- define "kafka.acls.test" -}}
{{- $name := include "kafka.ownUser" (dict "root" . "part" "test") -}}
{{- include "kafka.acl" (dict "type" "topic" "names" (list $name) "operations" (list "Read" "Write" "Describe")) }}
{{- include "kafka.acl" (dict "type" "group" "names" (list $name) "operations" (list "Read" "Describe")) }}
{{- end -}}
