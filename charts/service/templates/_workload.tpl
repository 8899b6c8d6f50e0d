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
apiVersion: {{ .apiVersion | quote }}
kind: {{ .kind | quote }}
name: {{ .name | default (include "service.name" $) | quote }}
{{- end -}}
{{- else -}}
apiVersion: {{ include "service.isBatch" . | empty | ternary "apps/v1" "batch/v1" }}
kind: {{ .Values.workload.type }}
name: {{ include "service.name" . | quote }}
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
service.isScaledByOthers: "true" where something in the cluster sets the number of pods: an autoscaler, or the controller
that takes the pods over. Call: include "service.isScaledByOthers" $
*/ -}}
{{- define "service.isScaledByOthers" -}}
{{- if or (include "service.isAutoscaled" .) (and (eq .Values.role "active") (include "service.hasExternalStrategy" .)) -}}
true
{{- end -}}
{{- end -}}

{{- /*
service.replicas: `spec.replicas` of the workload. It is always there: a field that leaves a manifest falls to the API's
default, of 1 pod here, at the moment at which an autoscaler is turned on. Where others set the number, Helm reads it from
the cluster and says it again; Argo CD, for which a cluster cannot be asked, leaves the field to them (`x-opencore-scaled-when`
in the schema), so that what is here counts for the first apply alone. Call: include "service.replicas" $
*/ -}}
{{- define "service.replicas" -}}
{{- $wanted := include "service.fewestReplicas" . | int -}}
{{- if include "service.isScaledByOthers" . -}}
{{- $live := lookup "apps/v1" .Values.workload.type .Release.Namespace (include "service.name" .) -}}
{{- with ($live | default dict).spec -}}
{{- if include "service.hasExternalStrategy" $ -}}
{{- $wanted = int .replicas -}}
{{- else if int .replicas -}}
{{- $wanted = min (int $.Values.autoscaling.maxReplicas) (max $wanted (int .replicas)) -}}
{{- end -}}
{{- end -}}
{{- end -}}
{{ $wanted }}
{{- end -}}

{{- /*
service.shutdownSeconds: the longest time from the order to stop until the last work has ended: the pause, and Spring's
timeout for each phase, one after another. A job gets no traffic, so it does not pause.
Call: include "service.shutdownSeconds" $
*/ -}}
{{- define "service.shutdownSeconds" -}}
{{- $pause := include "service.isBatch" . | empty | ternary (int .Values.preStopSleepSeconds) 0 -}}
{{- $work := .Values.spring.enabled | ternary (mul .Values.spring.shutdownPhases .Values.spring.shutdownTimeoutSeconds) 0 -}}
{{ add $pause $work }}
{{- end -}}

{{- /*
service.gracePeriodSeconds: from the order to stop until the kill: what is set, or the shutdown and five seconds for the
process to end; never below 30, which is what Kubernetes gives. Call: include "service.gracePeriodSeconds" $
*/ -}}
{{- define "service.gracePeriodSeconds" -}}
{{ .Values.terminationGracePeriodSeconds | default (include "service.shutdownSeconds" . | int | add 5 | max 30) | int }}
{{- end -}}

{{- /*
service.workloadMetadata: name, labels and annotations of the object that makes the pods.
Call: include "service.workloadMetadata" (dict "root" $ "name" "accounts")
*/ -}}
{{- define "service.workloadMetadata" -}}
name: {{ .name | quote }}
namespace: {{ .root.Release.Namespace | quote }}
labels: {{- include "service.labels" .root | nindent 2 }}
{{- $reload := .root.Values.reloadOnChange | ternary (dict "reloader.stakater.com/auto" "true") dict }}
{{- with .root.Values.restartOn }}
{{- $reload = set $reload "secret.reloader.stakater.com/reload" (join "," .) }}
{{- end }}
{{- with merge dict .root.Values.workload.annotations $reload }}
annotations: {{- toYaml . | nindent 2 }}
{{- end }}
{{- end -}}
