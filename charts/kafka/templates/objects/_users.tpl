{{- /* kafka.object.users: the KafkaUsers, before the overlay. Call: include "kafka.object.users" $ */ -}}
{{- define "kafka.object.users" -}}
{{- range $name, $user := include "kafka.users" . | fromYaml }}
---
apiVersion: kafka.strimzi.io/v1
kind: KafkaUser
metadata:
  name: {{ $name | quote }}
  namespace: {{ $.Release.Namespace | quote }}
  labels:
    {{- include "kafka.labels" $ | nindent 4 }}
    {{- include "kafka.ofCluster" $ | nindent 4 }}
{{- $lists := and $user.acls (include "kafka.keepsLists" $) }}
{{- if or (ne $user.authentication "external") $lists $user.quotas }}
spec:
  {{- if ne $user.authentication "external" }}
  authentication:
    type: {{ $user.authentication }}
  {{- end }}
  {{- if $lists }}
  authorization:
    type: simple
    acls: {{- toYaml $user.acls | nindent 6 }}
  {{- end }}
  {{- with $user.quotas }}
  quotas: {{- toYaml . | nindent 4 }}
  {{- end }}
{{- else }}
spec: {}
{{- end }}
{{- end }}
{{- end -}}
