{{- /*
service.jobSpec: one run, as a Job is it and a CronJob makes it. Call: include "service.jobSpec" $
*/ -}}
{{- define "service.jobSpec" -}}
{{- with .Values.workload.job -}}
backoffLimit: {{ int .backoffLimit }}
completions: {{ int .completions }}
parallelism: {{ int .parallelism }}
activeDeadlineSeconds: {{ int .activeDeadlineSeconds }}
{{- if hasKey . "ttlSecondsAfterFinished" }}
ttlSecondsAfterFinished: {{ int .ttlSecondsAfterFinished }}
{{- end }}
{{- end }}
template: {{- include "service.podTemplate" . | nindent 2 }}
{{- end -}}

{{- /*
service.jobName: a Job's pods cannot be changed, so a change makes another Job, under another name. Call: include "service.jobName" $
*/ -}}
{{- define "service.jobName" -}}
{{- $run := printf "%d %s" (int .Values.workload.job.completions) (include "service.podTemplate" .) -}}
{{- include "common.fullname" (dict "root" . "suffix" (sha256sum $run | trunc 8)) -}}
{{- end -}}
