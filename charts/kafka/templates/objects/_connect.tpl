{{- /*
kafka.connect: the manifest of the KafkaConnect. Call: include "kafka.connect" $
*/ -}}
{{- define "kafka.connect" -}}
{{- $name := include "kafka.name" (dict "root" . "suffix" "connect") -}}
{{- $secrets := include "kafka.connectSecrets" . | fromYamlArray -}}
apiVersion: kafka.strimzi.io/v1
kind: KafkaConnect
metadata:
  name: {{ $name | quote }}
  namespace: {{ .Release.Namespace | quote }}
  labels: {{- include "kafka.inheritedLabels" . | nindent 4 }}
  annotations:
    strimzi.io/use-connector-resources: 'true'
spec:
  version: {{ .Values.version | quote }}
  replicas: {{ int .Values.connect.replicas }}
  bootstrapServers: {{ include "kafka.bootstrapFor" (dict "root" . "authentication" .Values.connect.authentication) | quote }}
  {{- include "kafka.client" (dict "root" . "part" "connect" "authentication" .Values.connect.authentication) | nindent 2 }}
  {{- $own := dict "root" . "part" "connect" }}
  groupId: {{ include "kafka.groupOf" $own | quote }}
  {{- $storage := include "kafka.storageOf" $own | fromYaml }}
  configStorageTopic: {{ $storage.configs | quote }}
  offsetStorageTopic: {{ $storage.offsets | quote }}
  statusStorageTopic: {{ $storage.status | quote }}
  config: {{- toYaml (merge (include "kafka.workerConfig" . | fromYaml) .Values.connect.config (include "kafka.connectConfig" . | fromYaml)) | nindent 4 }}
  {{- with .Values.connect.plugins }}
  plugins: {{- toYaml . | nindent 4 }}
  {{- end }}
  resources: {{- toYaml .Values.connect.resources | nindent 4 }}
  jvmOptions: {{- toYaml .Values.connect.jvmOptions | nindent 4 }}
  {{- if .Values.metrics.enabled }}
  metricsConfig: {{- include "kafka.metricsConfig" . | nindent 4 }}
  {{- end }}
  {{- with include "kafka.logging" (dict "root" . "levels" .Values.connect.logLevels) }}
  logging: {{- . | nindent 4 }}
  {{- end }}
  template:
    {{- with .Values.connect.serviceAccountAnnotations }}
    serviceAccount:
      metadata:
        annotations: {{- toYaml . | nindent 10 }}
    {{- end }}
    {{- $spread := include "kafka.evenly" (include "kafka.podsOf" (dict "root" . "part" "connect")) | trim }}
    pod:
      {{- include "kafka.pod" (dict "root" . "spread" $spread) | trim | nindent 6 }}
      {{- include "kafka.secretVolumes" $secrets | nindent 6 }}
    connectContainer:
      {{- include "kafka.container" . | nindent 6 }}
      {{- include "kafka.secretMounts" $secrets | nindent 6 }}
    initContainer: {{- include "kafka.container" . | nindent 6 }}
    podDisruptionBudget:
      maxUnavailable: 1
{{- end -}}
