{{- /* Workers reach the brokers, and every connector has a class and its plugin. */ -}}
{{- define "kafka.validate.connect" -}}
{{- with .Values.connect -}}
{{- if .enabled -}}
{{- if not (include "kafka.listenerFor" (dict "root" $ "authentication" .authentication)) }}
connect.enabled is true and no listener is internal with TLS and {{ eq .authentication "tls" | ternary "certificates" .authentication }}; want one for its workers; {{ eq .authentication "tls" | ternary "set listeners.tls.enabled to true" "add one to listeners" }}
{{- end -}}
{{- $own := include "kafka.workerConfig" $ | fromYaml -}}
{{- range $key, $_ := .config -}}
{{- if hasKey $own $key }}
connect.config.{{ $key }} is set, and the chart sets it already; want it once; remove it
{{- end -}}
{{- end -}}
{{- range $key := include "kafka.ignored" (dict "config" .config "of" "workers") | splitList "\n" | compact }}
connect.config.{{ $key }} is set, and Strimzi ignores it since it sets that itself; want settings that take effect; remove it
{{- end -}}
{{- range $name, $connector := .connectors -}}
{{- if and (not $connector.class) (not $connector.postgres) }}
connect.connectors.{{ $name }} has neither class nor postgres; want to know what it is; set connect.connectors.{{ $name }}.class
{{- end -}}
{{- if and $connector.postgres $connector.reads }}
connect.connectors.{{ $name }} has both postgres and reads; want a source or a sink; make two connectors of it
{{- end -}}
{{- if and $connector.postgres $connector.writes }}
connect.connectors.{{ $name }} has both postgres and writes; want its topics once, and postgres knows them; remove writes
{{- end -}}
{{- if and $connector.postgres (gt (int ($connector.tasksMax | default 1)) 1) }}
connect.connectors.{{ $name }}.tasksMax is {{ int $connector.tasksMax }}; want 1, since one task alone may read a replication slot; remove it
{{- end -}}
{{- if and $connector.postgres (not $.Values.connect.plugins) }}
connect.connectors.{{ $name }} needs Debezium and connect.plugins is empty; want the image that has it; set connect.plugins
{{- end -}}
{{- $topics := include "kafka.topics" $ | fromYaml -}}
{{- range $key := list "reads" "writes" -}}
{{- range get $connector $key | default list -}}
{{- if not (hasKey $topics .) }}
connect.connectors.{{ $name }}.{{ $key }} names {{ . }}, which is no topic of this cluster; want one of topics; add topics.{{ . }} or correct the name
{{- end -}}
{{- end -}}
{{- end -}}
{{- end -}}
{{- range $number, $plugin := .plugins -}}
{{- range $index, $artifact := $plugin.artifacts -}}
{{- $tag := regexReplaceAll "@sha256:.*$" $artifact.reference "" | splitList "/" | last -}}
{{- if or (not (contains ":" $tag)) (hasSuffix ":latest" $tag) }}
connect.plugins[{{ $number }}].artifacts[{{ $index }}].reference is {{ $artifact.reference }}; want an exact version; add a tag other than latest
{{- end -}}
{{- end -}}
{{- end -}}
{{- end -}}
{{- end -}}
{{- end -}}

{{- /* The mirror knows whom it follows, and both clusters have the topics. */ -}}
{{- define "kafka.validate.mirror" -}}
{{- with .Values.mirror -}}
{{- if .enabled -}}
{{- if not (include "kafka.ownListener" $) }}
mirror.enabled is true and no listener is internal with TLS and certificates; want one for its workers; set listeners.tls.enabled to true
{{- end -}}
{{- range $key := list "alias" "bootstrapServers" -}}
{{- if not (get $.Values.mirror.source $key) }}
mirror.enabled is true and mirror.source.{{ $key }} is empty; want the cluster that is followed; set mirror.source.{{ $key }}
{{- end -}}
{{- end -}}
{{- if and .source.externalSecret.path (not .source.externalSecret.store.name) }}
mirror.source.externalSecret.path is set and mirror.source.externalSecret.store.name is not, so nothing is fetched; want the store; set it, or remove the path
{{- end -}}
{{- $of := dict -}}
{{- range $alias, $mirror := include "kafka.mirrors" $ | fromYaml -}}
{{- $main := eq $alias ($.Values.mirror.source.alias | default "") -}}
{{- $at := $main | ternary "mirror" (printf "mirror.extraSources.%s" $alias) -}}
{{- include "kafka.mirrorProblems" (dict "root" $ "alias" $alias "mirror" $mirror "at" $at "source" ($main | ternary "mirror.source" $at)) -}}
{{- range $topic := include "kafka.copies" (dict "root" $ "alias" $alias "topics" $mirror.topics) | fromJsonArray -}}
{{- with get $of $topic }}
{{ $at }}.topics names {{ $topic }}, which is copied from {{ . }} too; want one source for each copy; set mirror.naming to prefixed, or take it from one of them
{{- end -}}
{{- $_ := set $of $topic $alias -}}
{{- end -}}
{{- end -}}
{{- end -}}
{{- end -}}
{{- end -}}

{{- /*
kafka.mirrorProblems: what is wrong with one source. Call: include "kafka.mirrorProblems" (dict "root" $ "alias" $alias "mirror" $mirror "at" "mirror" "source" "mirror.source")
*/ -}}
{{- define "kafka.mirrorProblems" -}}
{{- $at := .at -}}
{{- $way := .mirror.authentication | default "tls" -}}
{{- if eq .alias (include "kafka.name" (dict "root" .root)) }}
{{ eq $at "mirror" | ternary "mirror.source.alias" $at }} is {{ .alias }}, the name of this cluster; want two names; change {{ eq $at "mirror" | ternary "mirror.source.alias" "its alias" }}
{{- end -}}
{{- if and (eq $way "tls") .mirror.username }}
{{ .source }}.username is set and {{ .source }}.authentication is tls, whose certificate has the name; want it once; remove it
{{- end -}}
{{- if not (or .mirror.topics .mirror.topicsPattern) }}
mirror.enabled is true and {{ $at }}.topics is empty; want what is copied; set {{ $at }}.topics or {{ $at }}.topicsPattern
{{- end -}}
{{- $topics := include "kafka.topics" .root | fromYaml -}}
{{- range $index, $copy := include "kafka.copies" (dict "root" .root "alias" .alias "topics" .mirror.topics) | fromJsonArray -}}
{{- if not (hasKey $topics $copy) }}
{{ $at }}.topics names {{ index $.mirror.topics $index }}, {{ if ne $copy (index $.mirror.topics $index) }}whose copy {{ $copy }}{{ else }}which{{ end }} is no topic of this cluster; want it alike on both sides; add topics.{{ $copy }} or correct the name
{{- end -}}
{{- end -}}
{{- range $of := list "topics" "groups" -}}
{{- if and (get $.mirror (printf "%sExcludePattern" $of)) (not (get $.mirror (printf "%sPattern" $of))) }}
{{ $at }}.{{ $of }}ExcludePattern is set and {{ $at }}.{{ $of }}Pattern is not, so there is nothing to exclude from; want both or neither; remove it
{{- end -}}
{{- end -}}
{{- if and .mirror.checkpointConfig (not (or .mirror.groups .mirror.groupsPattern)) }}
{{ $at }}.checkpointConfig is set and no positions are copied; want groups whose positions are; set {{ $at }}.groups, or remove it
{{- end -}}
{{- range $key, $own := dict "sourceConfig" (include "kafka.mirrorSourceConfig" .root | fromYaml) "checkpointConfig" (include "kafka.mirrorCheckpointConfig" .root | fromYaml) -}}
{{- range $setting, $_ := get $.mirror $key | default dict -}}
{{- if hasKey $own $setting }}
{{ $at }}.{{ $key }}.{{ $setting }} is set, and the chart sets it already; want it once; remove it
{{- end -}}
{{- end -}}
{{- end -}}
{{- end -}}
