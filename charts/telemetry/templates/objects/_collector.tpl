{{- /*
telemetry.object.collector: the OpenTelemetryCollector, before the overlay. The operator hands its labels on to pods, so that
there is no version among them: a new one would restart every pod. Call: include "telemetry.object.collector" $
*/ -}}
{{- define "telemetry.object.collector" -}}
apiVersion: opentelemetry.io/v1beta1
kind: OpenTelemetryCollector
metadata:
  name: {{ include "telemetry.name" (dict "root" .) | quote }}
  namespace: {{ .Release.Namespace | quote }}
  labels:
    {{- include "common.podLabels" (dict "root" . "extra" .Values.commonLabels) | nindent 4 }}
    # By it the platform's controls know the operator's pods (charts/foundation).
    opentelemetry.io/collector: {{ include "telemetry.name" (dict "root" .) | quote }}
    {{- if include "telemetry.isInMesh" . }}
    sidecar.istio.io/inject: 'true'
    {{- end }}
spec:
  mode: statefulset
  managementState: managed
  upgradeStrategy: none
  configVersions: 3
  replicas: {{ int .Values.replicas }}
  image: {{ include "common.image" (dict "image" .Values.image "at" "image") | quote }}
  serviceAccount: {{ include "telemetry.name" (dict "root" .) | quote }}
  # The operator's own would open every port to everybody, and policies add up.
  networkPolicy: { enabled: false }
  observability: { metrics: { disablePrometheusAnnotations: true } }
  {{- if include "telemetry.isInMesh" . }}
  podAnnotations:
    {{- with .Values.mesh.proxy }}
    sidecar.istio.io/proxyCPU: {{ .requests.cpu | quote }}
    sidecar.istio.io/proxyCPULimit: {{ .limits.cpu | quote }}
    sidecar.istio.io/proxyMemory: {{ .limits.memory | quote }}
    sidecar.istio.io/proxyMemoryLimit: {{ .limits.memory | quote }}
    {{- end }}
  {{- end }}
  podSecurityContext: {{- include "common.podSecurityContext" (dict "override" dict) | nindent 4 }}
  securityContext: {{- include "common.containerSecurityContext" (dict "override" dict) | nindent 4 }}
  resources: {{- toYaml .Values.resources | nindent 4 }}
  # Files of a full queue are made smaller before the first answer: 10 min, where 30 s would end it again and again.
  startupProbe: { failureThreshold: 60 }
  # Both ask the same: a restart comes later than the end of requests.
  livenessProbe: { failureThreshold: 9 }
  # Whoever sends learns of it before ports close: other pods ask for names every 5 s. The mesh's proxy stays until then, as a
  # sidecar of Kubernetes' own.
  lifecycle: { preStop: { sleep: { seconds: 15 } } }
  # Batches under way are sent, and traces that wait are judged.
  terminationGracePeriodSeconds: {{ add 45 (int .Values.sampling.decisionWaitSeconds) }}
  podDisruptionBudget: { maxUnavailable: 1 }
  {{- with .Values.priorityClassName }}
  priorityClassName: {{ . | quote }}
  {{- end }}
  {{- with .Values.nodeSelector }}
  nodeSelector: {{- toYaml . | nindent 4 }}
  {{- end }}
  {{- with .Values.tolerations }}
  tolerations: {{- toYaml . | nindent 4 }}
  {{- end }}
  {{- with include "telemetry.spread" . | trim }}
  topologySpreadConstraints: {{- . | nindent 4 }}
  {{- end }}
  # What waits on a volume is sent by whoever has it next.
  persistentVolumeClaimRetentionPolicy: { whenDeleted: Retain, whenScaled: Retain }
  volumeClaimTemplates:
    - metadata: { name: queue }
      spec:
        accessModes: [ReadWriteOnce]
        {{- with .Values.storage.className }}
        storageClassName: {{ . | quote }}
        {{- end }}
        resources: { requests: { storage: {{ .Values.storage.size | quote }} } }
  volumes:
    - name: backend
      secret:
        secretName: {{ include "telemetry.secretName" . | quote }}
        items: [{ key: token, path: token }]
  volumeMounts:
    - { name: queue, mountPath: /var/lib/otelcol }
    - { name: backend, mountPath: /etc/opencore/backend, readOnly: true }
  config: {{- include "telemetry.configuration" . | nindent 4 }}
{{- end -}}

{{- /*
telemetry.spread: spread constraints over zones and hosts, by the labels that the operator gives. Call: include "telemetry.spread" $
*/ -}}
{{- define "telemetry.spread" -}}
{{- range $key, $topology := dict "zone" "topology.kubernetes.io/zone" "host" "kubernetes.io/hostname" }}
{{- $action := get $.Values.topologySpread $key }}
{{- if ne $action "Disabled" }}
- maxSkew: 1
  topologyKey: {{ $topology | quote }}
  whenUnsatisfiable: {{ $action | quote }}
  labelSelector:
    matchLabels: {{- include "telemetry.selectorLabels" $ | nindent 6 }}
  nodeTaintsPolicy: Honor
{{- end }}
{{- end }}
{{- end -}}
