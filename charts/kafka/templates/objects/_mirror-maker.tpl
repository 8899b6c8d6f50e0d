{{- /*
kafka.mirrorMaker: the manifest of the KafkaMirrorMaker2. Call: include "kafka.mirrorMaker" $
*/ -}}
{{- define "kafka.mirrorMaker" -}}
{{- $name := include "kafka.name" (dict "root" . "suffix" "mirror") -}}
{{- with .Values.mirror -}}
apiVersion: kafka.strimzi.io/v1
kind: KafkaMirrorMaker2
metadata:
  name: {{ $name | quote }}
  namespace: {{ $.Release.Namespace | quote }}
  labels: {{- include "kafka.inheritedLabels" $ | nindent 4 }}
  {{- if ne $.Values.tier "development" }}
  annotations:
    # Who promotes this cluster waits until all is copied, and then lets Argo CD take the mirror away.
    argocd.argoproj.io/sync-options: Prune=confirm
  {{- end }}
spec:
  version: {{ $.Values.version | quote }}
  replicas: {{ eq .state "stopped" | ternary 0 (int .replicas) }}
  target:
    alias: {{ include "kafka.name" (dict "root" $) | quote }}
    bootstrapServers: {{ include "kafka.bootstrap" $ | quote }}
    {{- include "kafka.client" (dict "root" $ "part" "mirror" "authentication" "tls") | nindent 4 }}
    {{- $own := dict "root" $ "part" "mirror" }}
    groupId: {{ include "kafka.groupOf" $own | quote }}
    {{- $storage := include "kafka.storageOf" $own | fromYaml }}
    configStorageTopic: {{ $storage.configs | quote }}
    offsetStorageTopic: {{ $storage.offsets | quote }}
    statusStorageTopic: {{ $storage.status | quote }}
    config: {{- include "kafka.workerConfig" $ | nindent 6 }}
  mirrors:
    {{- range $alias, $mirror := include "kafka.mirrors" $ | fromYaml }}
    - source: {{- include "kafka.mirrorSource" (dict "root" $ "alias" $alias "mirror" $mirror) | nindent 8 }}
      topicsPattern: {{ include "kafka.pattern" (dict "names" $mirror.topics "pattern" $mirror.topicsPattern) | squote }}
      {{- with $mirror.topicsExcludePattern }}
      topicsExcludePattern: {{ . | squote }}
      {{- end }}
      sourceConnector:
        tasksMax: {{ int $.Values.mirror.tasksMax }}
        autoRestart:
          enabled: true
        {{- $usual := dict "sync.topic.configs.enabled" false "consumer.isolation.level" "read_committed" }}
        config: {{- toYaml (merge (include "kafka.mirrorSourceConfig" $ | fromYaml) ($mirror.sourceConfig | default dict) $usual) | nindent 10 }}
      {{- with include "kafka.pattern" (dict "names" $mirror.groups "pattern" $mirror.groupsPattern) }}
      groupsPattern: {{ . | squote }}
      {{- with $mirror.groupsExcludePattern }}
      groupsExcludePattern: {{ . | squote }}
      {{- end }}
      checkpointConnector:
        tasksMax: 1
        autoRestart:
          enabled: true
        {{- $usual = dict "emit.checkpoints.interval.seconds" 10 "sync.group.offsets.enabled" true "sync.group.offsets.interval.seconds" 10 }}
        config: {{- toYaml (merge (include "kafka.mirrorCheckpointConfig" $ | fromYaml) ($mirror.checkpointConfig | default dict) $usual) | nindent 10 }}
      {{- end }}
    {{- end }}
  resources: {{- toYaml .resources | nindent 4 }}
  jvmOptions: {{- toYaml .jvmOptions | nindent 4 }}
  {{- if $.Values.metrics.enabled }}
  metricsConfig: {{- include "kafka.metricsConfig" $ | nindent 4 }}
  {{- end }}
  {{- with include "kafka.logging" (dict "root" $ "levels" dict) }}
  logging: {{- . | nindent 4 }}
  {{- end }}
  template:
    {{- $spread := include "kafka.evenly" (include "kafka.podsOf" (dict "root" $ "part" "mirrormaker2")) | trim }}
    pod: {{- include "kafka.pod" (dict "root" $ "spread" $spread) | trim | nindent 6 }}
    connectContainer: {{- include "kafka.container" $ | nindent 6 }}
    initContainer: {{- include "kafka.container" $ | nindent 6 }}
    podDisruptionBudget:
      maxUnavailable: 1
{{- end -}}
{{- end -}}
