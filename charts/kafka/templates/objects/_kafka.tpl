{{- /*
kafka.kafka: the manifest of the Kafka. Call: include "kafka.kafka" $
*/ -}}
{{- define "kafka.kafka" -}}
apiVersion: kafka.strimzi.io/v1
kind: Kafka
metadata:
  name: {{ include "kafka.name" (dict "root" .) | quote }}
  namespace: {{ .Release.Namespace | quote }}
  labels: {{- include "kafka.inheritedLabels" . | nindent 4 }}
  annotations:
    {{- include "kafka.keep" . | nindent 4 }}
    opencore.dev/tier: {{ .Values.tier }}
spec:
  kafka:
    version: {{ .Values.version | quote }}
    metadataVersion: {{ .Values.metadataVersion | quote }}
    listeners:
      {{- range $name, $listener := include "kafka.listeners" . | fromYaml }}
      - name: {{ $name | quote }}
        port: {{ int $listener.port }}
        type: {{ $listener.type }}
        tls: {{ $listener.tls }}
        {{- if ne $listener.authentication "none" }}
        authentication:
          type: {{ $listener.authentication }}
          {{- if eq $listener.authentication "custom" }}
          sasl: {{ ne (toString ($listener.custom).sasl) "false" }}
          listenerConfig: {{- toYaml ($listener.custom).listenerConfig | nindent 12 }}
          {{- end }}
        {{- end }}
        {{- with $listener.configuration }}
        configuration: {{- toYaml . | nindent 10 }}
        {{- end }}
        # Strimzi's own policy opens a listener without peers to everybody, so the cluster itself is always one.
        networkPolicyPeers:
          - podSelector:
              matchLabels: {{- include "kafka.podsOf" (dict "root" $ "part" "kafka") | nindent 16 }}
          {{- with include "kafka.ownPeers" (dict "root" $ "port" $listener.port) | trim }}
          {{- . | nindent 10 }}
          {{- end }}
          {{- range include "kafka.flowsTo" (dict "root" $ "ports" (list $listener.port)) | fromJsonArray }}
          {{- toYaml .peers | nindent 10 }}
          {{- end }}
      {{- end }}
    {{- if .Values.authorization.enabled }}
    authorization:
      {{- if .Values.authorization.authorizerClass }}
      type: custom
      authorizerClass: {{ .Values.authorization.authorizerClass | quote }}
      supportsAdminApi: {{ .Values.authorization.supportsAdminApi }}
      {{- else }}
      type: simple
      {{- end }}
      {{- with .Values.authorization.superUsers }}
      superUsers: {{- toYaml . | nindent 8 }}
      {{- end }}
    {{- end }}
    {{- if .Values.racks.enabled }}
    rack:
      topologyKey: {{ .Values.racks.topologyKey | quote }}
    {{- end }}
    config: {{- include "kafka.config" . | nindent 6 }}
    {{- with .Values.quotas }}
    quotas: {{- toYaml . | nindent 6 }}
    {{- end }}
    {{- with include "kafka.logging" (dict "root" . "levels" .Values.logging.levels) }}
    logging: {{- . | nindent 6 }}
    {{- end }}
    {{- if .Values.metrics.enabled }}
    metricsConfig: {{- include "kafka.metricsConfig" . | nindent 6 }}
    {{- end }}
    template:
      # Strimzi's budget for all nodes; a second one of ours would make every eviction fail.
      podDisruptionBudget:
        {{- if .Values.drainCleaner.enabled }}
        # The Drain Cleaner has Strimzi move who is to be evicted, so a drain ends all the same.
        metadata:
          annotations:
            opencore.dev/hands-over: drain-cleaner
        {{- end }}
        maxUnavailable: {{ .Values.drainCleaner.enabled | ternary 0 1 }}
  entityOperator: {{- include "kafka.entityOperator" . | nindent 4 }}
  clusterCa: {{- toYaml .Values.clusterCa | nindent 4 }}
  clientsCa: {{- toYaml .Values.clientsCa | nindent 4 }}
  {{- with .Values.maintenanceTimeWindows }}
  maintenanceTimeWindows: {{- toYaml . | nindent 4 }}
  {{- end }}
  {{- if .Values.cruiseControl.enabled }}
  cruiseControl: {{- include "kafka.cruiseControl" . | trim | nindent 4 }}
  {{- end }}
  {{- if .Values.exporter.enabled }}
  kafkaExporter: {{- include "kafka.exporter" . | nindent 4 }}
  {{- end }}
{{- end -}}
