{{- /* vault.object.cronJob: the CronJob that makes new passwords, before the overlay. Call: include "vault.object.cronJob" $ */ -}}
{{- define "vault.object.cronJob" -}}
{{- if .Values.configuration.databases }}
# Each week OpenBao's own users of databases get new passwords; all else is applied again.
apiVersion: batch/v1
kind: CronJob
metadata:
  name: {{ include "vault.name" (dict "root" . "suffix" "renewal") | quote }}
  namespace: {{ .Release.Namespace | quote }}
  labels: {{- include "vault.labels" . | nindent 4 }}
spec:
  schedule: 17 3 * * 0
  timeZone: Etc/UTC
  concurrencyPolicy: Forbid
  startingDeadlineSeconds: 3600
  successfulJobsHistoryLimit: 1
  failedJobsHistoryLimit: 1
  jobTemplate:
    metadata:
      labels: {{- include "vault.labels" . | nindent 8 }}
    spec:
      backoffLimit: 6
      template: {{- include "vault.jobPod" (dict "root" . "renew" "yes") | nindent 8 }}
{{- end }}
{{- end -}}
