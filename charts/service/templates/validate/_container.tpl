{{- /* The image has repository and exact tag. */ -}}
{{- define "service.validate.image" -}}
{{- include "common.image.problem" (dict "image" .Values.image "at" "image") -}}
{{- end -}}

{{- /* Every port number and name is used once, in the pod and in the Service. */ -}}
{{- define "service.validate.ports" -}}
{{- $used := dict (printf "%d/TCP" (int .Values.port)) "port" -}}
{{- with include "service.managementPort" . -}}
{{- if eq (int .) (int $.Values.port) }}
spring.managementPort and port are both {{ . }}; want two ports; change one, or leave spring.managementPort out to share the port
{{- end -}}
{{- $_ := set $used (printf "%s/TCP" .) "spring.managementPort" -}}
{{- end -}}
{{- range $name, $port := .Values.extraPorts -}}
{{- if or (eq $name "http") (eq $name "management") }}
extraPorts.{{ $name }} has the name of a port of this chart's own; want another name; rename it
{{- end -}}
{{- $key := printf "%d/%s" (int $port.port) ($port.protocol | default "TCP") -}}
{{- with get $used $key }}
extraPorts.{{ $name }}.port is {{ int $port.port }}, which {{ . }} has already; want every port once; change one of them
{{- end -}}
{{- $_ := set $used $key (printf "extraPorts.%s.port" $name) -}}
{{- end -}}
{{- $own := int .Values.port -}}
{{- $traffic := include "service.trafficPort" . | int -}}
{{- with get $used (printf "%d/TCP" $traffic) -}}
{{- if and (ne $traffic $own) (ne . "port") }}
service.port is {{ $traffic }}, which {{ . }} has already in the Service; want every port once; change one of them
{{- end -}}
{{- end -}}
{{- end -}}

{{- /* No variable is set twice, and each has one source, in every container. */ -}}
{{- define "service.validate.env" -}}
{{- range $name, $own := include "service.ownEnv" . | fromJson -}}
{{- if hasKey $.Values.env $name }}
env.{{ $name }} is set, and {{ $own.key }} sets it already; want it once; remove env.{{ $name }} and use {{ $own.key }}
{{- end -}}
{{- end -}}
{{- range $container := include "service.containerValues" . | fromJsonArray -}}
{{- range $name, $source := $container.values.env -}}
{{- if and (kindIs "map" $source) (ne (len $source) 1) }}
{{ $container.at }}env.{{ $name }} has {{ len $source }} sources{{ with keys $source | sortAlpha }} ({{ join ", " . }}){{ end }}; want exactly one; keep one of secretKeyRef, configMapKeyRef, fieldRef, resourceFieldRef
{{- end -}}
{{- end -}}
{{- end -}}
{{- end -}}

{{- /* Labels that select pods or name the release are the chart's own, and no label is there twice. */ -}}
{{- define "service.validate.labels" -}}
{{- $own := list "app.kubernetes.io/name" "app.kubernetes.io/instance" "app.kubernetes.io/version" "app.kubernetes.io/managed-by" "helm.sh/chart" -}}
{{- range $at, $labels := dict "commonLabels" .Values.commonLabels "podLabels" .Values.podLabels "serviceMonitor.labels" .Values.serviceMonitor.labels "prometheusRule.labels" .Values.prometheusRule.labels -}}
{{- range $name, $_ := $labels -}}
{{- if has $name $own }}
{{ $at }} has {{ $name }}, which the chart sets itself; want other labels; remove it from {{ $at }}
{{- else if and (has $at (list "serviceMonitor.labels" "prometheusRule.labels")) (hasKey $.Values.commonLabels $name) }}
{{ $at }} has {{ $name }}, which commonLabels sets already; want every label once; remove it from {{ $at }}
{{- end -}}
{{- end -}}
{{- end -}}
{{- end -}}

{{- /* No request is above its limit, in every container. */ -}}
{{- define "service.validate.resources" -}}
{{- range $container := include "service.containerValues" . | fromJsonArray -}}
{{- $requests := $container.values.resources.requests | default dict -}}
{{- $limits := $container.values.resources.limits | default dict -}}
{{- range $name, $measure := dict "cpu" "common.millicores" "memory" "common.bytes" "ephemeral-storage" "common.bytes" -}}
{{- $request := get $requests $name | toString -}}
{{- $limit := get $limits $name | toString -}}
{{- if and $request $limit -}}
{{- if gt (include $measure $request | int64) (include $measure $limit | int64) }}
{{ $container.at }}resources.requests.{{ $name }} is {{ $request }} and {{ $container.at }}resources.limits.{{ $name }} is {{ $limit }}; want the request not above the limit; raise the limit or lower the request
{{- end -}}
{{- end -}}
{{- end -}}
{{- end -}}
{{- end -}}

{{- /* Containers have exact images, and no two of them a name. */ -}}
{{- define "service.validate.containers" -}}
{{- range $at := list "sidecars" "initContainers" -}}
{{- range $name, $container := get $.Values $at -}}
{{- if $container.image }}
{{ include "common.image.problem" (dict "image" $container.image "at" (printf "%s.%s.image" $at $name)) }}
{{- end -}}
{{- if eq $name "app" }}
{{ $at }}.app has the name of the service's own container; want another name; rename it
{{- else if hasPrefix "istio-" $name }}
{{ $at }}.{{ $name }} has a name that the mesh's proxy takes, which would be made of both; want another name; rename it
{{- else if and (eq $at "sidecars") (hasKey $.Values.initContainers $name) }}
sidecars.{{ $name }} and initContainers.{{ $name }} have the same name; want every name once; rename one of them
{{- end -}}
{{- end -}}
{{- end -}}
{{- end -}}

{{- /* The order of containers (`after`) is of those that there are, and comes to an end. */ -}}
{{- define "service.validate.order" -}}
{{- $all := merge dict .Values.sidecars .Values.initContainers -}}
{{- range $at := list "sidecars" "initContainers" -}}
{{- range $name, $container := get $.Values $at -}}
{{- range $earlier := $container.after -}}
{{- if not (hasKey $all $earlier) }}
{{ $at }}.{{ $name }}.after has {{ $earlier }}, and there is none of that name; want a sidecar or an init container ({{ keys $all | sortAlpha | join ", " }}); correct the name or remove it
{{- else -}}
{{- $after := include "service.comesAfter" (dict "all" $all "name" $earlier "seen" list) | fromJsonArray -}}
{{- if has $name $after }}
{{ $at }}.{{ $name }}.after has {{ $earlier }}, which itself comes after {{ $name }}; want an order that begins somewhere; remove one of the two
{{- end -}}
{{- end -}}
{{- end -}}
{{- end -}}
{{- end -}}
{{- end -}}

{{- /*
service.comesAfter: a container and all that it comes after, near and far, as JSON.
Call: include "service.comesAfter" (dict "all" $containers "name" $name "seen" list) | fromJsonArray
*/ -}}
{{- define "service.comesAfter" -}}
{{- $seen := .seen -}}
{{- if not (has .name $seen) -}}
{{- $seen = append $seen .name -}}
{{- range (get .all .name | default dict).after -}}
{{- $seen = include "service.comesAfter" (dict "all" $.all "name" . "seen" $seen) | fromJsonArray -}}
{{- end -}}
{{- end -}}
{{- toJson $seen -}}
{{- end -}}

{{- /* A migration has something to run, and a service that waits for it. */ -}}
{{- define "service.validate.migration" -}}
{{- with .Values.migration -}}
{{- if .enabled -}}
{{- if not (or .command .args) }}
migration.enabled is true, and migration.command and migration.args are empty, so it would start the service; want what it runs; set migration.args, such as [migrate]
{{- end -}}
{{- if include "service.isBatch" $ }}
migration.enabled is true and workload.type is {{ $.Values.workload.type }}, before whose runs nothing waits; want a service; make the migration a release of its own, with workload.type Job
{{- end -}}
{{- with .image }}
{{ include "common.image.problem" (dict "image" . "at" "migration.image") }}
{{- end -}}
{{- end -}}
{{- end -}}
{{- end -}}

{{- /*
service.containerValues: env and resources of every container, with what their paths begin with.
Call: include "service.containerValues" $ | fromJsonArray
*/ -}}
{{- define "service.containerValues" -}}
{{- $all := list (dict "at" "" "values" (pick .Values "env" "resources")) -}}
{{- range $at := list "sidecars" "initContainers" -}}
{{- range $name, $container := get $.Values $at -}}
{{- $all = append $all (dict "at" (printf "%s.%s." $at $name) "values" (pick $container "env" "resources")) -}}
{{- end -}}
{{- end -}}
{{- toJson $all -}}
{{- end -}}
