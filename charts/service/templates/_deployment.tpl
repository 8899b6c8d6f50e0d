{{- /*
service.progressDeadline: the seconds after which a rollout that brings no pod further has failed: the longest start that the
startup probe allows, and five minutes to find a node and pull the image. Call: include "service.progressDeadline" $
*/ -}}
{{- define "service.progressDeadline" -}}
{{- with .Values.startupProbe -}}
{{- add 300 .initialDelaySeconds (mul .periodSeconds .failureThreshold) -}}
{{- end -}}
{{- end -}}

{{- /*
service.deployment: the Deployment, before the overlay. Call: include "service.deployment" $
*/ -}}
{{- define "service.deployment" -}}
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
  progressDeadlineSeconds: {{ include "service.progressDeadline" . }}
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
