{{- /* The kill comes after the pause and the work in flight. */ -}}
{{- define "service.validate.shutdown" -}}
{{- $need := include "service.shutdownSeconds" . | int -}}
{{- with .Values.terminationGracePeriodSeconds -}}
{{- if le (int .) $need -}}
{{- $parts := list -}}
{{- if not (include "service.isBatch" $) -}}
{{- $parts = printf "preStopSleepSeconds %d" (int $.Values.preStopSleepSeconds) | append $parts -}}
{{- end -}}
{{- with $.Values.spring -}}
{{- if .enabled -}}
{{- $parts = printf "%d phases (spring.shutdownPhases) of spring.shutdownTimeoutSeconds %d" (int .shutdownPhases) (int .shutdownTimeoutSeconds) | append $parts -}}
{{- end -}}
{{- end }}
terminationGracePeriodSeconds is {{ int . }}, and {{ join " plus " $parts }} need {{ $need }}; want more than that, or work in flight is killed; leave it out, or set it to {{ add $need 5 }} or more
{{- end -}}
{{- end -}}
{{- end -}}

{{- /* A rolling update can make a step. */ -}}
{{- define "service.validate.rollout" -}}
{{- $limits := .Values.strategy.rollingUpdate -}}
{{- if eq .Values.strategy.type "RollingUpdate" -}}
{{- if and (has (toString $limits.maxSurge) (list "0" "0%")) (has (toString $limits.maxUnavailable) (list "0" "0%")) }}
strategy.rollingUpdate.maxSurge and strategy.rollingUpdate.maxUnavailable are both 0, so no rollout could ever move; want one of them above 0; set strategy.rollingUpdate.maxSurge to 1
{{- end -}}
{{- end -}}
{{- end -}}

{{- /*
A CronJob has a schedule, another controller a Deployment to take pods from, and the names that controllers derive fit:
a CronJob adds 11 characters for its Jobs, a StatefulSet 11 for the label controller-revision-hash; 63 is the end.
*/ -}}
{{- define "service.validate.workload" -}}
{{- $type := .Values.workload.type -}}
{{- if and (eq $type "CronJob") (not .Values.workload.cronJob.schedule) }}
workload.type is CronJob and workload.cronJob.schedule is empty; want when it runs; set workload.cronJob.schedule, such as '30 2 * * *'
{{- end -}}
{{- if and (ne $type "Deployment") (eq .Values.strategy.type "External") }}
strategy.type is External and workload.type is {{ $type }}; want a Deployment, from which another controller can take the pods; set workload.type to Deployment, or strategy.type to RollingUpdate
{{- end -}}
{{- $name := include "service.name" . -}}
{{- if and (has $type (list "CronJob" "StatefulSet")) (gt (len $name) 52) }}
the name of the {{ $type }} is {{ quote $name }}, {{ len $name }} characters; want at most 52, or its pods cannot be made; set fullnameOverride
{{- end -}}
{{- if and (eq $type "StatefulSet") .Values.service.enabled (eq (include "service.headlessName" .) $name) }}
workload.statefulSet.serviceName is {{ quote $name }}, the name of the Service for traffic; want another name; change it, or set service.enabled to false
{{- end -}}
{{- end -}}

{{- /* The autoscaler has a range, a metric, and the request that its metric is a share of. */ -}}
{{- define "service.validate.autoscaling" -}}
{{- if include "service.isAutoscaled" . -}}
{{- with .Values.autoscaling -}}
{{- if gt (int .minReplicas) (int .maxReplicas) }}
autoscaling.minReplicas is {{ int .minReplicas }} and autoscaling.maxReplicas is {{ int .maxReplicas }}; want minReplicas not above maxReplicas; raise autoscaling.maxReplicas or lower autoscaling.minReplicas
{{- end -}}
{{- if not (or (int .targetCPUUtilizationPercentage) (int .targetMemoryUtilizationPercentage) .metrics) }}
autoscaling.enabled is true without any metric; want at least one; set autoscaling.targetCPUUtilizationPercentage, or autoscaling.metrics
{{- end -}}
{{- range $resource, $target := dict "cpu" "targetCPUUtilizationPercentage" "memory" "targetMemoryUtilizationPercentage" -}}
{{- $percent := get $.Values.autoscaling $target | int -}}
{{- $limits := $.Values.resources.limits | default dict -}}
{{- $requests := merge dict ($.Values.resources.requests | default dict) (eq $resource "memory" | ternary $limits dict) -}}
{{- $request := get $requests $resource | toString -}}
{{- $limit := get $limits $resource | toString -}}
{{- if and $percent $request $limit -}}
{{- $most := div (include "common.millicores" $limit | mul 100) (include "common.millicores" $request | int64 | max 1) -}}
{{- if ge (int64 $percent) $most }}
autoscaling.{{ $target }} is {{ $percent }}, and resources.limits.{{ $resource }} {{ $limit }} is {{ $most }} percent of resources.requests.{{ $resource }} {{ $request }}; want a target below that, or no load could ever add a pod; lower autoscaling.{{ $target }}, or raise resources.limits.{{ $resource }}
{{- end -}}
{{- end -}}
{{- if and $percent (not $request) }}
autoscaling.{{ $target }} is {{ $percent }} without resources.requests.{{ $resource }}, of which it is a share; want that request; set resources.requests.{{ $resource }}, or autoscaling.{{ $target }} to 0
{{- end -}}
{{- range $index, $metric := $.Values.autoscaling.metrics -}}
{{- if and $percent (eq $resource (dig "resource" "name" "" $metric)) }}
autoscaling.metrics[{{ $index }}] measures {{ $resource }}, as autoscaling.{{ $target }} does; want each resource once; remove it, or set autoscaling.{{ $target }} to 0
{{- end -}}
{{- end -}}
{{- end -}}
{{- end -}}
{{- end -}}
{{- end -}}

{{- /*
The vertical autoscaler does not move what the horizontal one measures: each would undo the other's answer
(https://github.com/kubernetes/autoscaler/blob/master/vertical-pod-autoscaler/docs/known-limitations.md). Its bounds are a range.
*/ -}}
{{- define "service.validate.vertical" -}}
{{- $vpa := .Values.vpa -}}
{{- if $vpa.enabled -}}
{{- $measured := dict -}}
{{- with .Values.autoscaling -}}
{{- if .enabled -}}
{{- if int .targetCPUUtilizationPercentage }}{{ $_ := set $measured "cpu" "autoscaling.targetCPUUtilizationPercentage" }}{{ end -}}
{{- if int .targetMemoryUtilizationPercentage }}{{ $_ := set $measured "memory" "autoscaling.targetMemoryUtilizationPercentage" }}{{ end -}}
{{- range $index, $metric := .metrics -}}
{{- with ($metric.resource | default $metric.containerResource) -}}
{{- $_ := set $measured .name (printf "autoscaling.metrics[%d]" $index) -}}
{{- end -}}
{{- end -}}
{{- end -}}
{{- end -}}
{{- if eq $.Values.workload.type "Job" }}
vpa.enabled is true and workload.type is Job, which ends before anything is learnt; want a workload that runs again; set vpa.enabled to false
{{- end -}}
{{- range $resource := $vpa.controlledResources -}}
{{- if and (ne $vpa.updateMode "Off") (hasKey $measured $resource) }}
vpa.updateMode is {{ $vpa.updateMode }} and vpa.controlledResources has {{ $resource }}, by which {{ get $measured $resource }} scales; want one autoscaler for each resource; set vpa.updateMode to Off, remove {{ $resource }} from vpa.controlledResources, or scale by another metric
{{- end -}}
{{- end -}}
{{- range $resource, $least := $vpa.minAllowed -}}
{{- with get $vpa.maxAllowed $resource -}}
{{- if gt (include "common.millicores" $least | int64) (include "common.millicores" . | int64) }}
vpa.minAllowed.{{ $resource }} is {{ $least }} and vpa.maxAllowed.{{ $resource }} is {{ . }}; want the least not above the most; raise vpa.maxAllowed.{{ $resource }}
{{- end -}}
{{- end -}}
{{- end -}}
{{- end -}}
{{- end -}}

{{- /* A disruption budget always lets one pod go. Kubernetes rounds shares up. */ -}}
{{- define "service.validate.disruption" -}}
{{- $replicas := include "service.fewestReplicas" . | int -}}
{{- if and .Values.pdb.enabled (ge $replicas 2) -}}
{{- $stay := .Values.pdb.minAvailable | toString -}}
{{- $go := .Values.pdb.maxUnavailable | toString -}}
{{- if and (hasKey .Values.pdb "minAvailable") (hasKey .Values.pdb "maxUnavailable") }}
pdb.minAvailable and pdb.maxUnavailable are both set; want one of them; remove pdb.minAvailable
{{- else if has $go (list "0" "0%") }}
pdb.maxUnavailable is {{ $go }}, so no node with a pod of this service could ever be drained; want 1 or more; set pdb.maxUnavailable to 1, or pdb.enabled to false
{{- else if hasKey .Values.pdb "minAvailable" -}}
{{- $kept := hasSuffix "%" $stay | ternary (divf (mul (trimSuffix "%" $stay | int) $replicas) 100 | ceil) $stay | int -}}
{{- if ge $kept $replicas }}
pdb.minAvailable is {{ $stay }} of {{ $replicas }} pods, so no node with one of them could ever be drained; want at most {{ sub $replicas 1 }}; use pdb.maxUnavailable instead, or run more pods
{{- end -}}
{{- end -}}
{{- end -}}
{{- end -}}
