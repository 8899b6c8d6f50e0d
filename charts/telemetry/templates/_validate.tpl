{{- /*
telemetry.validate: refuses values that fit the schema and not each other; all of them at once, one a line.
A rule yields a line for each problem: what was found; what is wanted; the next step. Call: include "telemetry.validate" $
*/ -}}
{{- define "telemetry.validate" -}}
{{- $topics := list -}}
{{- range $topic := list "image" "labels" "backend" "resources" "queue" "production" "overlay" -}}
{{- $topics = printf "telemetry.validate.%s" $topic | append $topics -}}
{{- end -}}
{{- include "common.refuse" (dict "root" . "rules" $topics) -}}
{{- end -}}

{{- /* The image names one version. */ -}}
{{- define "telemetry.validate.image" -}}
{{ include "common.image.problem" (dict "image" .Values.image "at" "image") }}
{{- end -}}

{{- /* Labels that select pods are the chart's own, and no label is there twice. */ -}}
{{- define "telemetry.validate.labels" -}}
{{- $own := list "app.kubernetes.io/name" "app.kubernetes.io/instance" "app.kubernetes.io/component" "app.kubernetes.io/version" "app.kubernetes.io/managed-by" "helm.sh/chart" -}}
{{- range $at, $labels := dict "commonLabels" .Values.commonLabels "podMonitor.labels" .Values.podMonitor.labels "prometheusRule.labels" .Values.prometheusRule.labels -}}
{{- range $name, $_ := $labels -}}
{{- if has $name $own }}
{{ $at }} has {{ $name }}, which the chart sets itself; want other labels; remove it from {{ $at }}
{{- else if and (ne $at "commonLabels") (hasKey $.Values.commonLabels $name) }}
{{ $at }} has {{ $name }}, which commonLabels sets already; want every label once; remove it from {{ $at }}
{{- end -}}
{{- end -}}
{{- end -}}
{{- end -}}

{{- /* There is somebody to send to, and a token to show. */ -}}
{{- define "telemetry.validate.backend" -}}
{{- with .Values.backend -}}
{{- if not .endpoint }}
backend.endpoint is unset, and nothing would leave; want the URL of what takes OTLP; set backend.endpoint
{{- end -}}
{{- if not (or .secretName .path) }}
backend has neither secretName nor path, so that no token is known; want a Secret with the key token, or the entry of a vault that has it; set one of the two
{{- else if and .path (not $.Values.secretStore.server) }}
backend.path is set and secretStore.server is not, so that nobody brings it; want the vault that it is in; set secretStore.server
{{- end -}}
{{- end -}}
{{- end -}}

{{- /* Memory is known, and kept: what bounds the collector's is three quarters of its limit. */ -}}
{{- define "telemetry.validate.resources" -}}
{{- include "common.requestsAboveLimits" (dict "resources" .Values.resources) -}}
{{- $limit := (.Values.resources.limits).memory -}}
{{- if not $limit }}
resources.limits.memory is unset, and nothing bounds what the collector holds; want a limit; set resources.limits.memory
{{- else if ne (toString $limit) (toString (.Values.resources.requests).memory) }}
resources.requests.memory is {{ (.Values.resources.requests).memory | default "unset" }} and resources.limits.memory is {{ $limit }}; want them equal, or the node may not have what is used; set both to one
{{- end -}}
{{- end -}}

{{- /* The volume holds both queues, and a copy of them while their files are made smaller. */ -}}
{{- define "telemetry.validate.queue" -}}
{{- $queue := include "common.bytes" .Values.queue.size | int64 -}}
{{- $volume := include "common.bytes" .Values.storage.size | int64 -}}
{{- if gt (mul 4 $queue) $volume }}
queue.size is {{ .Values.queue.size }} and storage.size is {{ .Values.storage.size }}, which does not hold two queues and their copies; want a volume of four times the queue; lower queue.size or raise storage.size
{{- end -}}
{{- end -}}

{{- /* A patch lies over what is rendered, and leaves to values what values do. */ -}}
{{- define "telemetry.validate.overlay" -}}
{{- $objects := dict -}}
{{- range $key := list "collector" "podMonitor" "prometheusRule" -}}
{{- $_ := dict "template" (printf "telemetry.object.%s" $key) "argument" $ | set $objects $key -}}
{{- end -}}
{{- include "common.overlay.refused" (dict "root" . "objects" $objects) -}}
{{- end -}}
