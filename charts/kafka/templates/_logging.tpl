{{- /*
kafka.logging: what differs from Strimzi's own logging of a part, which it adds these settings to; nothing where nothing
does. Loggers that Strimzi names itself keep its keys, or there would be two of one name (1.2.0, default-logging/).
Call: include "kafka.logging" (dict "root" $ "levels" .Values.logging.levels)
*/ -}}
{{- define "kafka.logging" -}}
{{- $own := dict
      "kafka" "kafka" "org.apache.kafka" "orgapachekafka" "kafka.request.logger" "requestlogger"
      "kafka.network.RequestChannel$" "requestchannel" "org.apache.kafka.controller" "controller"
      "kafka.log.LogCleaner" "logcleaner" "state.change.logger" "statechange" "kafka.authorizer.logger" "authorizer"
      "org.reflections" "reflections" -}}
{{- $loggers := dict -}}
{{- if eq .root.Values.logging.format "json" -}}
{{- $loggers = dict "appender.console.layout.type" "JsonTemplateLayout" "appender.console.layout.eventTemplateUri" "classpath:EcsLayout.json" -}}
{{- end -}}
{{- range $name, $level := .levels -}}
{{- if eq $name "root" -}}
{{- $_ := set $loggers "rootLogger.level" $level -}}
{{- else -}}
{{- $key := get $own $name | default (regexReplaceAll "[^A-Za-z0-9]+" $name "_") -}}
{{- $_ := set $loggers (printf "logger.%s.name" $key) $name -}}
{{- $_ := set $loggers (printf "logger.%s.level" $key) $level -}}
{{- end -}}
{{- end -}}
{{- with $loggers -}}
type: inline
loggers: {{- toYaml . | nindent 2 }}
{{- end -}}
{{- end -}}
