{{- /*
service.statefulSet: the StatefulSet, before the overlay. Call: include "service.statefulSet" $
*/ -}}
{{- define "service.statefulSet" -}}
{{- $settings := .Values.workload.statefulSet }}
apiVersion: apps/v1
kind: StatefulSet
metadata: {{- include "service.workloadMetadata" (dict "root" . "name" (include "service.name" .)) | nindent 2 }}
spec:
  replicas: {{ include "service.replicas" . }}
  revisionHistoryLimit: {{ int .Values.revisionHistoryLimit }}
  {{- with int .Values.minReadySeconds }}
  minReadySeconds: {{ . }}
  {{- end }}
  serviceName: {{ include "service.headlessName" . | quote }}
  podManagementPolicy: {{ $settings.podManagementPolicy }}
  updateStrategy: {{- toYaml $settings.updateStrategy | nindent 4 }}
  persistentVolumeClaimRetentionPolicy: {{- toYaml $settings.persistentVolumeClaimRetentionPolicy | nindent 4 }}
  selector:
    matchLabels: {{- include "service.selectorLabels" . | nindent 6 }}
  template: {{- include "service.podTemplate" . | nindent 4 }}
  {{- with include "service.claimTemplates" . | trim }}
  volumeClaimTemplates: {{- . | nindent 4 }}
  {{- end }}
{{- end -}}
