{{- /*
service.isBatch: "true" for a Job or CronJob: its pods end by themselves, and nothing calls them. Call: include "service.isBatch" $
*/ -}}
{{- define "service.isBatch" -}}
{{- if has .Values.workload.type (list "Job" "CronJob") -}}
true
{{- end -}}
{{- end -}}

{{- /*
service.hasService: "true" where there is a Service for traffic. Call: include "service.hasService" $
*/ -}}
{{- define "service.hasService" -}}
{{- if and .Values.service.enabled (not (include "service.isBatch" .)) -}}
true
{{- end -}}
{{- end -}}

{{- /*
service.isAutoscaled: "true" where load decides the number of pods. Call: include "service.isAutoscaled" $
*/ -}}
{{- define "service.isAutoscaled" -}}
{{- if and .Values.autoscaling.enabled (eq .Values.role "active") (not (include "service.isBatch" .)) -}}
true
{{- end -}}
{{- end -}}

{{- /*
service.hasExternalStrategy: "true" where another controller runs the Deployment's pods. Call: include "service.hasExternalStrategy" $
*/ -}}
{{- define "service.hasExternalStrategy" -}}
{{- if and (eq .Values.workload.type "Deployment") (eq .Values.strategy.type "External") -}}
true
{{- end -}}
{{- end -}}

{{- /*
service.workload: what runs the pods, as autoscalers name it. Call: include "service.workload" $
*/ -}}
{{- define "service.workload" -}}
{{- if include "service.hasExternalStrategy" . -}}
{{- with .Values.strategy.controller -}}
apiVersion: {{ .apiVersion }}
kind: {{ .kind }}
name: {{ .name | default (include "service.name" $) }}
{{- end -}}
{{- else -}}
apiVersion: {{ include "service.isBatch" . | empty | ternary "apps/v1" "batch/v1" }}
kind: {{ .Values.workload.type }}
name: {{ include "service.name" . }}
{{- end -}}
{{- end -}}

{{- /*
service.fewestReplicas: pods that the release never goes below by itself; 0 on standby, and between the runs of a job.
Call: include "service.fewestReplicas" $
*/ -}}
{{- define "service.fewestReplicas" -}}
{{- if or (eq .Values.role "standby") (include "service.isBatch" .) -}}
0
{{- else if .Values.autoscaling.enabled -}}
{{ int .Values.autoscaling.minReplicas }}
{{- else -}}
{{ int .Values.replicas }}
{{- end -}}
{{- end -}}

{{- /*
service.workloadMetadata: name, labels and annotations of the object that makes the pods.
Call: include "service.workloadMetadata" (dict "root" $ "name" "accounts")
*/ -}}
{{- define "service.workloadMetadata" -}}
name: {{ .name }}
namespace: {{ .root.Release.Namespace }}
labels: {{- include "service.labels" .root | nindent 2 }}
{{- $reload := .root.Values.reloadOnChange | ternary (dict "reloader.stakater.com/auto" "true") dict }}
{{- with merge dict .root.Values.workload.annotations $reload }}
annotations: {{- toYaml . | nindent 2 }}
{{- end }}
{{- end -}}
