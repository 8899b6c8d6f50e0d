{{- /*
common.milliseconds: a Prometheus duration ("30s", "1m30s", "500ms") as a whole number of milliseconds.
Call:  include "common.milliseconds" "1m30s" | int64
Fails: when the text is not a duration.
*/ -}}
{{- define "common.milliseconds" -}}
{{- if not (regexMatch "^([0-9]+(ms|[smhdwy]))+$" .) -}}
{{- fail (printf "common.milliseconds: %q is not a duration; want numbers with units, such as 30s or 1m30s" .) -}}
{{- end -}}
{{- $units := dict "ms" 1 "s" 1000 "m" 60000 "h" 3600000 "d" 86400000 "w" 604800000 "y" 31536000000 -}}
{{- $total := 0 -}}
{{- range $part := regexFindAll "[0-9]+(ms|[smhdwy])" . -1 -}}
{{- $total = add $total (mul (regexFind "^[0-9]+" $part) (get $units (regexFind "[a-z]+$" $part))) -}}
{{- end -}}
{{- $total -}}
{{- end -}}
