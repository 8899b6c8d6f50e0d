{{- /*
kafka.mirrorConfig: what both connectors of the mirror must agree on: the same names on both sides, and nothing written
to the source. Call: include "kafka.mirrorConfig" .Values.mirror
*/ -}}
{{- define "kafka.mirrorConfig" -}}
replication.policy.class: org.apache.kafka.connect.mirror.IdentityReplicationPolicy
offset-syncs.topic.location: target
{{- end -}}

{{- /*
kafka.pattern: a regular expression for exactly these names. Call: include "kafka.pattern" .Values.mirror.topics
*/ -}}
{{- define "kafka.pattern" -}}
{{- join "|" . | replace "." "\\." -}}
{{- end -}}
