{{- /*
kafka.mirrors: every cluster that is followed, by alias, with what is copied from it. Call: include "kafka.mirrors" $ | fromYaml
*/ -}}
{{- define "kafka.mirrors" -}}
{{- $mirrors := dict -}}
{{- with .Values.mirror -}}
{{- if .enabled -}}
{{- $mirrors = deepCopy .extraSources -}}
{{- $copied := pick . "topics" "topicsPattern" "topicsExcludePattern" "groups" "groupsPattern" "groupsExcludePattern" "sourceConfig" "checkpointConfig" -}}
{{- with .source.alias -}}
{{- $_ := set $mirrors . (merge (deepCopy $copied) (omit $.Values.mirror.source "alias" "externalSecret")) -}}
{{- end -}}
{{- end -}}
{{- end -}}
{{- toYaml $mirrors -}}
{{- end -}}

{{- /*
kafka.mirrorConfig: what both connectors of a mirror must agree on: the names of copies, and that nothing is written to the
source. Call: include "kafka.mirrorConfig" $ | fromYaml
*/ -}}
{{- define "kafka.mirrorConfig" -}}
replication.policy.class: org.apache.kafka.connect.mirror.{{ eq .Values.mirror.naming "same" | ternary "Identity" "Default" }}ReplicationPolicy
offset-syncs.topic.location: target
{{- end -}}

{{- /*
kafka.mirrorFetches: the metric that counts how often the source has answered a mirror: twice a second, also where there is
nothing to copy. Call: include "kafka.mirrorFetches" $
*/ -}}
{{- define "kafka.mirrorFetches" -}}
kafka_consumer_consumer_fetch_manager_metrics_fetch
{{- end -}}

{{- /*
kafka.mirrorSourceConfig: settings of the connector that copies records, which nobody may set. Strimzi has the connector's own
metrics told, which say nothing while nothing comes; those of its consumer are told by a reporter of theirs, where they are
scraped. Call: include "kafka.mirrorSourceConfig" $ | fromYaml
*/ -}}
{{- define "kafka.mirrorSourceConfig" -}}
{{ include "kafka.mirrorConfig" . }}
sync.topic.acls.enabled: false
replication.factor: -1
offset-syncs.topic.replication.factor: -1
{{- if .Values.metrics.enabled }}
consumer.metric.reporters: io.strimzi.kafka.metrics.prometheus.ClientMetricsReporter
consumer.prometheus.metrics.reporter.allowlist: {{ include "kafka.mirrorFetches" . }}
consumer.prometheus.metrics.reporter.listener.enable: false
{{- end }}
{{- end -}}

{{- /*
kafka.mirrorCheckpointConfig: settings of the connector that copies positions, which nobody may set.
Call: include "kafka.mirrorCheckpointConfig" $ | fromYaml
*/ -}}
{{- define "kafka.mirrorCheckpointConfig" -}}
{{ include "kafka.mirrorConfig" . }}
checkpoints.topic.replication.factor: -1
{{- end -}}

{{- /*
kafka.mirrorSource: the source of a mirror: where it is, whom it trusts, who it is. An empty list of certificates means
public authorities. Call: include "kafka.mirrorSource" (dict "root" $ "alias" $alias "mirror" $mirror)
*/ -}}
{{- define "kafka.mirrorSource" -}}
alias: {{ .alias | quote }}
{{- with .mirror }}
bootstrapServers: {{ .bootstrapServers | quote }}
tls:
  {{- if .caSecret }}
  trustedCertificates:
    - { secretName: {{ .caSecret | quote }}, pattern: '*.crt' }
  {{- else }}
  trustedCertificates: []
  {{- end }}
authentication:
  {{- if eq (.authentication | default "tls") "tls" }}
  type: tls
  certificateAndKey: { secretName: {{ .userSecret | quote }}, certificate: user.crt, key: user.key }
  {{- else }}
  type: {{ .authentication }}
  username: {{ .username | default (include "kafka.ownUser" (dict "root" $.root "part" "mirror")) | quote }}
  passwordSecret: { secretName: {{ .userSecret | quote }}, password: password }
  {{- end }}
{{- end }}
{{- end -}}

{{- /*
kafka.copies: names of the copies of these topics. Call: include "kafka.copies" (dict "root" $ "alias" $alias "topics" $mirror.topics) | fromJsonArray
*/ -}}
{{- define "kafka.copies" -}}
{{- $copies := list -}}
{{- range .topics -}}
{{- $copies = append $copies (eq $.root.Values.mirror.naming "same" | ternary . (printf "%s.%s" $.alias .)) -}}
{{- end -}}
{{- toJson $copies -}}
{{- end -}}

{{- /*
kafka.pattern: a regular expression for exactly these names, and for what a pattern says.
Call: include "kafka.pattern" (dict "names" $mirror.topics "pattern" $mirror.topicsPattern)
*/ -}}
{{- define "kafka.pattern" -}}
{{- $patterns := list -}}
{{- range .names -}}
{{- $patterns = append $patterns (replace "." "\\." .) -}}
{{- end -}}
{{- with .pattern -}}
{{- $patterns = append $patterns . -}}
{{- end -}}
{{- join "|" $patterns -}}
{{- end -}}
