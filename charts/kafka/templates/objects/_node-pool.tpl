{{- /*
kafka.nodePool: the manifest of a KafkaNodePool. Call: include "kafka.nodePool" (dict "root" $ "name" "brokers" "pool" $pool)
       pool: an entry of kafka.pools.
*/ -}}
{{- define "kafka.nodePool" -}}
{{- $name := .name -}}
{{- $pool := .pool -}}
{{- with .root -}}
apiVersion: kafka.strimzi.io/v1
kind: KafkaNodePool
metadata:
  name: {{ $name | quote }}
  namespace: {{ .Release.Namespace | quote }}
  labels:
    {{- include "kafka.inheritedLabels" . | nindent 4 }}
    {{- include "kafka.ofCluster" . | nindent 4 }}
  annotations: {{- include "kafka.keep" . | nindent 4 }}
spec:
  replicas: {{ int $pool.replicas }}
  roles: {{ toJson $pool.roles }}
  storage:
    type: jbod
    volumes: {{- toYaml $pool.volumes | nindent 6 }}
  {{- $scratch := include "kafka.scratch" $pool | fromJsonArray }}
  {{- if $scratch }}
  resources: {{- include "kafka.withDisk" (dict "resources" $pool.resources "volumes" $scratch) | nindent 4 }}
  {{- else }}
  resources: {{- toYaml $pool.resources | nindent 4 }}
  {{- end }}
  jvmOptions: {{- toYaml $pool.jvmOptions | nindent 4 }}
  template:
    {{- $labels := printf "%s\nstrimzi.io/pool-name: %q" (include "kafka.ofCluster" .) $name }}
    {{- $spread := include "kafka.spread" (dict "spread" $pool.topologySpread "labels" $labels) | trim }}
    pod:
      {{- include "kafka.pod" (dict "root" . "placement" $pool "spread" $spread "grace" .Values.terminationGracePeriodSeconds) | trim | nindent 6 }}
      {{- include "kafka.secretVolumes" .Values.secrets | nindent 6 }}
    kafkaContainer:
      {{- include "kafka.container" . | nindent 6 }}
      {{- include "kafka.secretMounts" .Values.secrets | nindent 6 }}
    initContainer: {{- include "kafka.container" . | nindent 6 }}
{{- end -}}
{{- end -}}
