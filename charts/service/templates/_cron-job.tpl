{{- /*
service.cronJob: the CronJob, before the overlay. Call: include "service.cronJob" $
*/ -}}
{{- define "service.cronJob" -}}
{{- $settings := .Values.workload.cronJob }}
apiVersion: batch/v1
kind: CronJob
metadata: {{- include "service.workloadMetadata" (dict "root" . "name" (include "service.name" .)) | nindent 2 }}
spec:
  schedule: {{ $settings.schedule | quote }}
  timeZone: {{ $settings.timeZone | quote }}
  suspend: {{ or $settings.suspend (eq .Values.role "standby") }}
  concurrencyPolicy: {{ $settings.concurrencyPolicy }}
  startingDeadlineSeconds: {{ int $settings.startingDeadlineSeconds }}
  successfulJobsHistoryLimit: {{ int $settings.successfulJobsHistoryLimit }}
  failedJobsHistoryLimit: {{ int $settings.failedJobsHistoryLimit }}
  jobTemplate:
    metadata:
      labels: {{- include "service.labels" . | nindent 8 }}
    spec: {{- include "service.jobSpec" . | nindent 6 }}
{{- end -}}
