{{- /*
service.podTemplate: the pod, as every kind of workload embeds it. Call: include "service.podTemplate" $
*/ -}}
{{- define "service.podTemplate" -}}
metadata:
  labels:
    {{- include "common.podLabels" (dict "root" . "extra" (merge dict .Values.podLabels .Values.commonLabels)) | nindent 4 }}
    {{- with include "service.meshLabels" . }}
    {{- . | nindent 4 }}
    {{- end }}
  {{- if or .Values.podAnnotations .Values.configMaps (include "service.isInMesh" .) }}
  annotations:
    {{- with .Values.podAnnotations }}
    {{- toYaml . | nindent 4 }}
    {{- end }}
    {{- with include "service.meshAnnotations" . }}
    {{- . | nindent 4 }}
    {{- end }}
    {{- with .Values.configMaps }}
    # A change of the configuration restarts the pods.
    checksum/config: {{ toYaml . | sha256sum | quote }}
    {{- end }}
  {{- end }}
spec:
  serviceAccountName: {{ include "service.serviceAccountName" . | quote }}
  automountServiceAccountToken: {{ .Values.serviceAccount.automountToken }}
  enableServiceLinks: false
  {{- if include "service.isBatch" . }}
  restartPolicy: {{ .Values.workload.job.restartPolicy }}
  {{- end }}
  terminationGracePeriodSeconds: {{ include "service.gracePeriodSeconds" . }}
  securityContext: {{- include "common.podSecurityContext" (dict "override" .Values.podSecurityContext "ids" .Values.podIds) | nindent 4 }}
  {{- with .Values.image.pullSecrets }}
  imagePullSecrets:
    {{- range . }}
    - name: {{ . | quote }}
    {{- end }}
  {{- end }}
  {{- with include "service.placement" . | trim }}
  {{- . | nindent 2 }}
  {{- end }}
  {{- $others := concat (keys .Values.sidecars | sortAlpha) (keys .Values.initContainers | sortAlpha) }}
  {{- with include "service.otherContainers" (dict "root" . "names" $others) | trim }}
  initContainers:
    {{- . | nindent 4 }}
  {{- end }}
  containers:
    - {{ include "service.container" . | nindent 6 | trim }}
  {{- $volumes := list }}
  {{- range include "service.mounts" . | fromJsonArray }}
  {{- if .volume }}
  {{- $volumes = merge (dict "name" .name) .volume | append $volumes }}
  {{- end }}
  {{- end }}
  volumes: {{- toYaml $volumes | nindent 4 }}
{{- end -}}

{{- /*
service.placement: where the pods may run, and how they find others. Call: include "service.placement" $
*/ -}}
{{- define "service.placement" -}}
{{- with .Values.priorityClassName }}
priorityClassName: {{ . | quote }}
{{- end }}
{{- with .Values.runtimeClassName }}
runtimeClassName: {{ . | quote }}
{{- end }}
{{- with .Values.dnsPolicy }}
dnsPolicy: {{ . | quote }}
{{- end }}
{{- with .Values.dnsConfig }}
dnsConfig: {{- toYaml . | nindent 2 }}
{{- end }}
{{- with .Values.hostAliases }}
hostAliases: {{- toYaml . | nindent 2 }}
{{- end }}
{{- with .Values.nodeSelector }}
nodeSelector: {{- toYaml . | nindent 2 }}
{{- end }}
{{- with .Values.tolerations }}
tolerations: {{- toYaml . | nindent 2 }}
{{- end }}
{{- with .Values.affinity }}
affinity: {{- toYaml . | nindent 2 }}
{{- end }}
{{- $revision := eq .Values.workload.type "Deployment" | ternary "pod-template-hash" "" }}
{{- $spread := include "common.topologySpread" (dict "root" . "spread" .Values.topologySpread "revisionLabel" $revision) | trim }}
{{- with .Values.topologySpreadConstraints }}
{{- $spread = toYaml . }}
{{- end }}
{{- with $spread }}
topologySpreadConstraints: {{- . | nindent 2 }}
{{- end }}
{{- end -}}
