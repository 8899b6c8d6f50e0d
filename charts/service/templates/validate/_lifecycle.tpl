{{- /* The kill comes after the pause and the requests in flight. */ -}}
{{- define "service.validate.shutdown" -}}
{{- $grace := int .Values.terminationGracePeriodSeconds -}}
{{- $pause := int .Values.preStopSleepSeconds -}}
{{- $spring := .Values.spring.enabled | ternary (int .Values.spring.shutdownTimeoutSeconds) 0 -}}
{{- if le $grace (add $pause $spring | int) }}
terminationGracePeriodSeconds is {{ $grace }}, and preStopSleepSeconds {{ $pause }}{{ if $spring }} plus spring.shutdownTimeoutSeconds {{ $spring }}{{ end }} need {{ add $pause $spring }}; want more than that, or requests in flight are killed; set terminationGracePeriodSeconds to {{ add $pause $spring 5 }} or more
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

{{- /* The autoscaler has a range, a metric, and the request that its metric is a share of. */ -}}
{{- define "service.validate.autoscaling" -}}
{{- with .Values.autoscaling -}}
{{- if .enabled -}}
{{- if gt (int .minReplicas) (int .maxReplicas) }}
autoscaling.minReplicas is {{ int .minReplicas }} and autoscaling.maxReplicas is {{ int .maxReplicas }}; want minReplicas not above maxReplicas; raise autoscaling.maxReplicas or lower autoscaling.minReplicas
{{- end -}}
{{- if not (or (int .targetCPUUtilizationPercentage) (int .targetMemoryUtilizationPercentage) .metrics) }}
autoscaling.enabled is true without any metric; want at least one; set autoscaling.targetCPUUtilizationPercentage, or autoscaling.metrics
{{- end -}}
{{- range $resource, $target := dict "cpu" "targetCPUUtilizationPercentage" "memory" "targetMemoryUtilizationPercentage" -}}
{{- $percent := get $.Values.autoscaling $target | int -}}
{{- if and $percent (not (get ($.Values.resources.requests | default dict) $resource)) }}
autoscaling.{{ $target }} is {{ $percent }} without resources.requests.{{ $resource }}, of which it is a share; want that request; set resources.requests.{{ $resource }}, or autoscaling.{{ $target }} to 0
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
