{{- /*
A patch lies over what is rendered, finds the items that it patches, and leaves to values what values do: a field that is
said twice would have two owners.
*/ -}}
{{- define "service.validate.overlay" -}}
{{- $pod := dict
      "affinity" "affinity" "automountServiceAccountToken" "serviceAccount.automountToken" "dnsConfig" "dnsConfig"
      "dnsPolicy" "dnsPolicy" "hostAliases" "hostAliases" "imagePullSecrets" "image.pullSecrets" "nodeSelector" "nodeSelector"
      "priorityClassName" "priorityClassName" "runtimeClassName" "runtimeClassName" "securityContext" "podSecurityContext"
      "serviceAccountName" "serviceAccount.name" "terminationGracePeriodSeconds" "terminationGracePeriodSeconds"
      "tolerations" "tolerations" "topologySpreadConstraints" "topologySpreadConstraints" -}}
{{- $container := dict
      "args" "args" "command" "command" "env" "env" "envFrom" "envFrom" "image" "image" "livenessProbe" "livenessProbe"
      "readinessProbe" "readinessProbe" "resources" "resources" "securityContext" "securityContext"
      "startupProbe" "startupProbe" -}}
{{- $kinds := dict
      "deployment" (dict "type" "Deployment" "template" (list "template")
        "values" (dict "minReadySeconds" "minReadySeconds" "replicas" "replicas" "revisionHistoryLimit" "revisionHistoryLimit" "selector" "fullnameOverride" "strategy" "strategy"))
      "statefulSet" (dict "type" "StatefulSet" "template" (list "template")
        "values" (dict "minReadySeconds" "minReadySeconds" "podManagementPolicy" "workload.statefulSet.podManagementPolicy" "replicas" "replicas" "revisionHistoryLimit" "revisionHistoryLimit" "selector" "fullnameOverride" "serviceName" "workload.statefulSet.serviceName" "updateStrategy" "workload.statefulSet.updateStrategy" "volumeClaimTemplates" "volumes.<name>.claim"))
      "cronJob" (dict "type" "CronJob" "template" (list "jobTemplate" "spec" "template")
        "values" (dict "concurrencyPolicy" "workload.cronJob.concurrencyPolicy" "schedule" "workload.cronJob.schedule" "suspend" "workload.cronJob.suspend" "timeZone" "workload.cronJob.timeZone"))
      "job" (dict "type" "Job" "template" (list "template")
        "values" (dict "backoffLimit" "workload.job.backoffLimit" "completions" "workload.job.completions" "parallelism" "workload.job.parallelism" "podFailurePolicy" "workload.job.podFailurePolicy")) -}}
{{- range $kind, $about := $kinds -}}
{{- $at := printf "overlay.%s" $kind -}}
{{- with get $.Values.overlay $kind -}}
{{- if ne $.Values.workload.type $about.type }}
{{ $at }} is set and workload.type is {{ $.Values.workload.type }}, so there is nothing to patch; want the overlay of what is rendered; remove it
{{- else -}}
{{- include "common.overlay.problems" (dict "object" (include (printf "service.%s" $kind) $) "patch" . "at" $at) -}}
{{- include "service.overlay.owned" (dict "patch" . "values" $about.values "at" $at) -}}
{{- $template := . -}}
{{- range $about.template -}}
{{- $template = get ($template | default dict) . -}}
{{- end -}}
{{- $inside := printf "%s.%s" $at (join "." $about.template) -}}
{{- range $label, $_ := dig "metadata" "labels" dict ($template | default dict) -}}
{{- if has $label (list "app.kubernetes.io/name" "app.kubernetes.io/instance") }}
{{ $inside }}.metadata.labels has {{ $label }}, by which the pods are selected; want other labels; remove it
{{- end -}}
{{- end -}}
{{- $spec := dig "spec" dict ($template | default dict) -}}
{{- include "service.overlay.owned" (dict "patch" $spec "values" $pod "at" (printf "%s.spec" $inside)) -}}
{{- range $index, $patched := $spec.containers -}}
{{- if eq ($patched.name | default "") "app" -}}
{{- include "service.overlay.owned" (dict "patch" $patched "values" $container "at" (printf "%s.spec.containers[%d]" $inside $index)) -}}
{{- end -}}
{{- end -}}
{{- end -}}
{{- end -}}
{{- end -}}
{{- with .Values.overlay.service -}}
{{- if not (include "service.hasService" $) }}
overlay.service is set and no Service is made; want the overlay of what is rendered; remove it, or set service.enabled to true
{{- else -}}
{{- include "common.overlay.problems" (dict "object" (include "service.service" $) "patch" . "at" "overlay.service") -}}
{{- $values := dict "selector" "fullnameOverride" -}}
{{- range list "type" "trafficDistribution" "ipFamilies" "ipFamilyPolicy" "loadBalancerClass" "loadBalancerSourceRanges" "externalTrafficPolicy" -}}
{{- $_ := printf "service.%s" . | set $values . -}}
{{- end -}}
{{- include "service.overlay.owned" (dict "patch" . "values" $values "at" "overlay.service") -}}
{{- end -}}
{{- end -}}
{{- end -}}

{{- /*
service.overlay.owned: keys of a patch that a value of the chart sets, one problem a line.
Call: include "service.overlay.owned" (dict "patch" $patch "values" (dict "replicas" "replicas") "at" "overlay.deployment")
*/ -}}
{{- define "service.overlay.owned" -}}
{{- range $key, $value := .values -}}
{{- if hasKey $.patch $key }}
{{ $.at }}.{{ $key }} is set, and {{ $value }} does that; want one place for each thing; remove it and use {{ $value }}
{{- end -}}
{{- end -}}
{{- end -}}
