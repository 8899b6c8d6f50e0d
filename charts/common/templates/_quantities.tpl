{{- /*
common.bytes: a quantity of memory or storage ("512Mi", "1.5G", 1024) as a whole number of bytes, rounded down.
Call:  include "common.bytes" "512Mi" | int64
Fails: when the text is not a Kubernetes quantity.
*/ -}}
{{- define "common.bytes" -}}
{{- include "common.quantity" (dict "quantity" . "scale" 1) -}}
{{- end -}}

{{- /*
common.millicores: a quantity of CPU ("250m", "1.5", 2) as a whole number of thousandths of a core, rounded down.
Call:  include "common.millicores" "250m" | int64
Fails: when the text is not a Kubernetes quantity.
*/ -}}
{{- define "common.millicores" -}}
{{- include "common.quantity" (dict "quantity" . "scale" 1000) -}}
{{- end -}}

{{- /*
common.quantity: a Kubernetes quantity times a scale, as a whole number, rounded down. Kubernetes' own grammar:
https://kubernetes.io/docs/reference/kubernetes-api/common-definitions/quantity/
Call:  include "common.quantity" (dict "quantity" "250m" "scale" 1000) | int64
Fails: when the text is not a Kubernetes quantity.
*/ -}}
{{- define "common.quantity" -}}
{{- $text := toString .quantity -}}
{{- $number := regexFind "^([0-9]+(\\.[0-9]*)?|\\.[0-9]+)([eE][-+]?[0-9]+)?" $text -}}
{{- $unit := trimPrefix $number $text -}}
{{- $units := dict
      "" 1 "n" 1e-9 "u" 1e-6 "m" 1e-3 "k" 1e3 "M" 1e6 "G" 1e9 "T" 1e12 "P" 1e15 "E" 1e18
      "Ki" 1024 "Mi" 1048576 "Gi" 1073741824 "Ti" 1099511627776 "Pi" 1125899906842624 "Ei" 1152921504606846976 -}}
{{- if not (and $number (hasKey $units $unit)) -}}
{{- fail (printf "common: %q is not a quantity; want a number with an optional unit, such as 250m or 1.5Gi" $text) -}}
{{- end -}}
{{- mulf (float64 $number) (get $units $unit) .scale | int64 -}}
{{- end -}}

{{- /*
common.requestsAboveLimits: a line for each request of CPU or memory that is above its limit, which no pod may have.
Call:  include "common.requestsAboveLimits" (dict "brokers.resources" .Values.brokers.resources)
*/ -}}
{{- define "common.requestsAboveLimits" -}}
{{- range $at, $resources := . -}}
{{- $requests := $resources.requests | default dict -}}
{{- $limits := $resources.limits | default dict -}}
{{- range $name, $measure := dict "cpu" "common.millicores" "memory" "common.bytes" -}}
{{- $request := get $requests $name | toString -}}
{{- $limit := get $limits $name | toString -}}
{{- if and $request $limit -}}
{{- if gt (include $measure $request | int64) (include $measure $limit | int64) }}
{{ $at }}.requests.{{ $name }} is {{ $request }} and {{ $at }}.limits.{{ $name }} is {{ $limit }}; want the request not above the limit; raise the limit or lower the request
{{- end -}}
{{- end -}}
{{- end -}}
{{- end -}}
{{- end -}}
