{{- /* Tries fit in the time that a caller waits, and a pod that fails can be left out. */ -}}
{{- define "service.validate.mesh" -}}
{{- $mesh := .Values.mesh -}}
{{- if include "service.isInMesh" . -}}
{{- $all := mul (add1 $mesh.retries.attempts) $mesh.retries.perTryTimeoutSeconds -}}
{{- if and $mesh.retries.attempts $mesh.timeoutSeconds (gt $all (int64 $mesh.timeoutSeconds)) }}
mesh.retries has {{ add1 $mesh.retries.attempts }} tries of {{ int $mesh.retries.perTryTimeoutSeconds }} s, {{ $all }} s in all, and mesh.timeoutSeconds is {{ int $mesh.timeoutSeconds }}, so the last are never made; want tries that fit; lower one of the two, or raise mesh.timeoutSeconds
{{- end -}}
{{- range $at := list "podLabels" "podAnnotations" -}}
{{- range $name, $value := get $.Values $at -}}
{{- if regexMatch `^([a-z0-9-]+\.)*istio\.io/|^gateway\.networking\.k8s\.io/gateway-name$` $name }}
{{ $at }} has {{ $name }}, which says what the proxy is; want what `mesh` says, and nothing beside; remove it
{{- end -}}
{{- end -}}
{{- end -}}
{{- $contexts := dict "podSecurityContext" .Values.podSecurityContext "securityContext" .Values.securityContext -}}
{{- range $at := list "sidecars" "initContainers" -}}
{{- range $name, $container := get $.Values $at -}}
{{- $_ := set $contexts (printf "%s.%s.securityContext" $at $name) ($container.securityContext | default dict) -}}
{{- end -}}
{{- end -}}
{{- range $at, $context := $contexts -}}
{{- range $field := list "runAsGroup" "runAsUser" -}}
{{- if eq (get $context $field | int) 1337 }}
{{ $at }}.{{ $field }} is 1337, as which the proxy runs, and what it sends is not sent through the proxy; want another; change it
{{- end -}}
{{- end -}}
{{- end -}}
{{- $pods := include "service.fewestReplicas" . | int -}}
{{- $percent := $mesh.outlierDetection.maxEjectionPercent | default 10 | int -}}
{{- if and $mesh.outlierDetection (gt $pods 1) (lt (mul $pods $percent) 100) }}
mesh.outlierDetection.maxEjectionPercent is {{ $percent }} with {{ $pods }} pods, less than one, so none is ever left out; want {{ div (add 99 $pods) $pods }} or more; raise it
{{- end -}}
{{- end -}}
{{- end -}}
