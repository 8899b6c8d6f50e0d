{{- /*
kafka.entityOperator: the operators of topics and users. Call: include "kafka.entityOperator" $
*/ -}}
{{- define "kafka.entityOperator" -}}
topicOperator:
  resources: {{- toYaml .Values.entityOperator.topicOperator | nindent 4 }}
  jvmOptions: {{- toYaml .Values.entityOperator.jvmOptions | nindent 4 }}
  {{- $logging := include "kafka.logging" (dict "root" . "levels" dict) }}
  {{- with $logging }}
  logging: {{- . | nindent 4 }}
  {{- end }}
userOperator:
  resources: {{- toYaml .Values.entityOperator.userOperator | nindent 4 }}
  jvmOptions: {{- toYaml .Values.entityOperator.jvmOptions | nindent 4 }}
  {{- with $logging }}
  logging: {{- . | nindent 4 }}
  {{- end }}
template:
  pod: {{- include "kafka.pod" (dict "root" .) | trim | nindent 4 }}
  topicOperatorContainer: {{- include "kafka.container" . | nindent 4 }}
  userOperatorContainer: {{- include "kafka.container" . | nindent 4 }}
{{- end -}}

{{- /*
kafka.cruiseControl: what balances the brokers. Call: include "kafka.cruiseControl" $
*/ -}}
{{- define "kafka.cruiseControl" -}}
{{- with .Values.cruiseControl.brokerCapacity }}
brokerCapacity: {{- toYaml . | nindent 2 }}
{{- end }}
{{- with .Values.cruiseControl.config }}
config: {{- toYaml . | nindent 2 }}
{{- end }}
resources: {{- toYaml .Values.cruiseControl.resources | nindent 2 }}
jvmOptions: {{- toYaml .Values.cruiseControl.jvmOptions | nindent 2 }}
{{- with include "kafka.logging" (dict "root" . "levels" dict) }}
logging: {{- . | nindent 2 }}
{{- end }}
{{- if .Values.cruiseControl.autoRebalance }}
autoRebalance:
  {{- range $mode := list "add-brokers" "remove-brokers" }}
  - mode: {{ $mode }}
    template:
      name: {{ include "kafka.name" (dict "root" $ "suffix" $mode) | quote }}
  {{- end }}
{{- end }}
template:
  pod: {{- include "kafka.pod" (dict "root" .) | trim | nindent 4 }}
  cruiseControlContainer: {{- include "kafka.container" . | nindent 4 }}
{{- end -}}

{{- /*
kafka.exporter: what measures how far consumers lag behind. Call: include "kafka.exporter" $
*/ -}}
{{- define "kafka.exporter" -}}
groupRegex: {{ .Values.exporter.groups | quote }}
topicRegex: {{ .Values.exporter.topics | quote }}
resources: {{- toYaml .Values.exporter.resources | nindent 2 }}
template:
  pod: {{- include "kafka.pod" (dict "root" .) | trim | nindent 4 }}
  container: {{- include "kafka.container" . | nindent 4 }}
{{- end -}}

{{- /*
kafka.metricsConfig: the reporter that answers scrapes. Call: include "kafka.metricsConfig" $
*/ -}}
{{- define "kafka.metricsConfig" -}}
type: strimziMetricsReporter
values:
  allowList: {{- toYaml .Values.metrics.allowList | nindent 4 }}
{{- end -}}
