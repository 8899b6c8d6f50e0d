{{- /*
postgres.cluster: the manifest of a Cluster. Call: include "postgres.cluster" (dict "root" $ "cluster" $cluster)
       cluster: an entry of postgres.clusters.
*/ -}}
{{- define "postgres.cluster" -}}
{{- $cluster := .cluster -}}
{{- with .root -}}
apiVersion: postgresql.cnpg.io/v1
kind: Cluster
metadata:
  name: {{ $cluster.name | quote }}
  namespace: {{ .Release.Namespace | quote }}
  labels: {{- include "postgres.labels" . | nindent 4 }}
  annotations:
    {{- include "postgres.keep" . | nindent 4 }}
    {{- with .Values.cluster.annotations }}
    {{- toYaml . | nindent 4 }}
    {{- end }}
spec:
  instances: {{ int .Values.instances }}
  {{- if and .Values.synchronous.enabled .Values.synchronous.otherZone }}
  minSyncReplicas: {{ int .Values.synchronous.number }}
  maxSyncReplicas: {{ int .Values.synchronous.number }}
  {{- end }}
  {{- include "postgres.imageOf" . | nindent 2 }}
  imagePullPolicy: {{ .Values.image.pullPolicy }}
  {{- with .Values.image.pullSecrets }}
  imagePullSecrets:
    {{- range . }}
    - name: {{ . | quote }}
    {{- end }}
  {{- end }}
  enableSuperuserAccess: {{ .Values.access.superuser }}
  {{- with .Values.access.superuserSecret }}
  superuserSecret: {{- toYaml . | nindent 4 }}
  {{- end }}
  storage: {{- include "postgres.storage" .Values.storage | nindent 4 }}
  {{- if .Values.walStorage.enabled }}
  walStorage: {{- dict "storageClass" .Values.storage.storageClass | merge (deepCopy .Values.walStorage) | include "postgres.storage" | nindent 4 }}
  {{- end }}
  {{- with .Values.tablespaces }}
  tablespaces: {{- toYaml . | nindent 4 }}
  {{- end }}
  resources: {{- include "postgres.resources" . | nindent 4 }}
  postgresql: {{- include "postgres.postgresql" . | nindent 4 }}
  bootstrap: {{- include "postgres.bootstrap" (dict "root" . "cluster" $cluster) | nindent 4 }}
  {{- with include "postgres.externalClusters" (dict "root" . "cluster" $cluster) | trim }}
  externalClusters: {{- . | nindent 4 }}
  {{- end }}
  {{- with include "postgres.replica" (dict "root" . "cluster" $cluster) | trim }}
  replica: {{- . | nindent 4 }}
  {{- end }}
  {{- with include "postgres.plugins" (dict "root" . "server" $cluster.server) | trim }}
  plugins: {{- . | nindent 4 }}
  {{- end }}
  {{- with include "postgres.backup" . | trim }}
  backup: {{- . | nindent 4 }}
  {{- end }}
  replicationSlots: {{- include "postgres.replicationSlots" . | nindent 4 }}
  {{- with include "postgres.certificates" (dict "root" . "cluster" $cluster.name) | trim }}
  certificates: {{- . | nindent 4 }}
  {{- end }}
  {{- if or .Values.services.disabled .Values.services.additional }}
  managed:
    services:
      {{- with .Values.services.disabled }}
      disabledDefaultServices: {{- toYaml . | nindent 8 }}
      {{- end }}
      {{- with .Values.services.additional }}
      additional: {{- toYaml . | nindent 8 }}
      {{- end }}
  {{- end }}
  monitoring:
    enablePodMonitor: false
    tls:
      enabled: {{ .Values.monitoring.tls }}
    {{- with .Values.monitoring.queriesTtl }}
    metricsQueriesTTL: {{ . | quote }}
    {{- end }}
    customQueriesConfigMap:
      - name: {{ include "common.fullname" (dict "root" . "suffix" "queries") | quote }}
        key: queries.yaml
      {{- with .Values.monitoring.queriesFrom.configMaps }}
      {{- toYaml . | nindent 6 }}
      {{- end }}
    {{- with .Values.monitoring.queriesFrom.secrets }}
    customQueriesSecret: {{- toYaml . | nindent 6 }}
    {{- end }}
  affinity: {{- toYaml .Values.affinity | nindent 4 }}
  {{- with include "postgres.spread" (dict "root" . "cluster" $cluster.name) | trim }}
  topologySpreadConstraints: {{- . | nindent 4 }}
  {{- end }}
  {{- /* What the chart has nothing to add to. */}}
  {{- range $field, $value := omit .Values.cluster "annotations" "inheritedMetadata" "plugins" "replicationSlots" }}
  {{- dict $field $value | toYaml | nindent 2 }}
  {{- end }}
  {{- /* The budget of one instance allows no eviction, so its node could not be drained. */}}
  {{- if not (hasKey .Values.cluster "enablePDB") }}
  enablePDB: {{ gt (int .Values.instances) 1 }}
  {{- end }}
  {{- with include "postgres.identity" . | trim }}
  {{- . | nindent 2 }}
  {{- end }}
{{- end -}}
{{- end -}}
