{{- /*
service.deployment: the Deployment, before the overlay. Call: include "service.deployment" $
*/ -}}
{{- define "service.deployment" -}}
{{- $startup := .Values.startupProbe }}
apiVersion: apps/v1
kind: Deployment
metadata: {{- include "service.workloadMetadata" (dict "root" . "name" (include "service.name" .)) | nindent 2 }}
spec:
  replicas: {{ include "service.replicas" . }}
  revisionHistoryLimit: {{ int .Values.revisionHistoryLimit }}
  {{- with int .Values.minReadySeconds }}
  minReadySeconds: {{ . }}
  {{- end }}
  {{- if not (include "service.hasExternalStrategy" .) }}
  # The longest start that the startup probe allows, and five minutes to find a node and pull the image.
  progressDeadlineSeconds: {{ add 300 $startup.initialDelaySeconds (mul $startup.periodSeconds $startup.failureThreshold) }}
  strategy:
    type: {{ .Values.strategy.type }}
    {{- if eq .Values.strategy.type "RollingUpdate" }}
    rollingUpdate: {{- toYaml .Values.strategy.rollingUpdate | nindent 6 }}
    {{- end }}
  {{- end }}
  selector:
    matchLabels: {{- include "service.selectorLabels" . | nindent 6 }}
  template: {{- include "service.podTemplate" . | nindent 4 }}
{{- end -}}
