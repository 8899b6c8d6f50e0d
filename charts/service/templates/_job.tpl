{{- /*
service.jobSpec: one run, as a Job is it and a CronJob makes it. Call: include "service.jobSpec" $
*/ -}}
{{- define "service.jobSpec" -}}
{{- with .Values.workload.job -}}
backoffLimit: {{ int .backoffLimit }}
completions: {{ int .completions }}
parallelism: {{ int .parallelism }}
activeDeadlineSeconds: {{ int .activeDeadlineSeconds }}
{{- with .podFailurePolicy }}
podFailurePolicy: {{- toYaml . | nindent 2 }}
{{- end }}
{{- if hasKey . "ttlSecondsAfterFinished" }}
ttlSecondsAfterFinished: {{ int .ttlSecondsAfterFinished }}
{{- end }}
{{- end }}
template: {{- include "service.podTemplate" . | nindent 2 }}
{{- end -}}

{{- /*
service.jobName: a Job's pods and number of completions cannot be changed, so a change makes another Job, under another name. Call: include "service.jobName" $
*/ -}}
{{- define "service.jobName" -}}
{{- $run := printf "%d %s" (int .Values.workload.job.completions) (include "service.podTemplate" .) -}}
{{- $fixed := pick .Values.workload.job "podFailurePolicy" | merge (pick .Values.overlay "job") -}}
{{- if or .Values.overlay.job .Values.workload.job.podFailurePolicy -}}
{{- $run = toJson $fixed | printf "%s %s" $run -}}
{{- end -}}
{{- include "common.fullname" (dict "root" . "suffix" (sha256sum $run | trunc 8)) -}}
{{- end -}}

{{- /*
service.job: the Job, before the overlay. Call: include "service.job" $
*/ -}}
{{- define "service.job" -}}
apiVersion: batch/v1
kind: Job
metadata: {{- include "service.workloadMetadata" (dict "root" . "name" (include "service.jobName" .)) | nindent 2 }}
spec:
  {{- if eq .Values.role "standby" }}
  suspend: true
  {{- end }}
  {{- include "service.jobSpec" . | nindent 2 }}
{{- end -}}
