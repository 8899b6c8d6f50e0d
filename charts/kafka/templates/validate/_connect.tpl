{{- /* Workers reach the brokers, and every connector has a class and its plugin. */ -}}
{{- define "kafka.validate.connect" -}}
{{- with .Values.connect -}}
{{- if .enabled -}}
{{- if not (include "kafka.ownListener" $) }}
connect.enabled is true and no listener is internal with TLS and certificates; want one for its workers; set listeners.tls.enabled to true
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
{{- if and $connector.postgres (gt (int ($connector.tasksMax | default 1)) 1) }}
connect.connectors.{{ $name }}.tasksMax is {{ int $connector.tasksMax }}; want 1, since one task alone may read a replication slot; remove it
{{- end -}}
{{- if and $connector.postgres (not $.Values.connect.plugins) }}
connect.connectors.{{ $name }} needs Debezium and connect.plugins is empty; want the image that has it; set connect.plugins
{{- end -}}
{{- $topics := include "kafka.topics" $ | fromYaml -}}
{{- range $connector.reads -}}
{{- if not (hasKey $topics .) }}
connect.connectors.{{ $name }}.reads names {{ . }}, which is no topic of this cluster; want one of topics; add topics.{{ . }} or correct the name
{{- end -}}
{{- end -}}
{{- end -}}
{{- range $plugin := .plugins -}}
{{- range $index, $artifact := $plugin.artifacts -}}
{{- $tag := regexReplaceAll "@sha256:.*$" $artifact.reference "" | splitList "/" | last -}}
{{- if or (not (contains ":" $tag)) (hasSuffix ":latest" $tag) }}
connect.plugins {{ $plugin.name }} has the image {{ $artifact.reference }}; want an exact version; add a tag other than latest
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
{{- if eq (.source.alias | default "") (include "kafka.name" (dict "root" $)) }}
mirror.source.alias is {{ .source.alias }}, the name of this cluster; want two names; change mirror.source.alias
{{- end -}}
{{- if not .topics }}
mirror.enabled is true and mirror.topics is empty; want what is copied; set mirror.topics
{{- end -}}
{{- range .topics -}}
{{- if not (hasKey (include "kafka.topics" $ | fromYaml) .) }}
mirror.topics names {{ . }}, which is no topic of this cluster; want it alike on both sides; add topics.{{ . }} or correct the name
{{- end -}}
{{- end -}}
{{- end -}}
{{- end -}}
{{- end -}}
