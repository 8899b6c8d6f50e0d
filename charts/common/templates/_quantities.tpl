{{- /*
common.bytes: a quantity of memory or storage ("512Mi", "1.5G", 1024) as a whole number of bytes, rounded down.
Call:  include "common.bytes" "512Mi" | int64
Fails: when the text is not a Kubernetes quantity.
*/ -}}
{{- define "common.bytes" -}}
{{- $quantity := toString . -}}
{{- $units := dict
      "" 1 "k" 1e3 "M" 1e6 "G" 1e9 "T" 1e12 "P" 1e15 "E" 1e18 "m" 1e-3
      "Ki" 1024 "Mi" 1048576 "Gi" 1073741824 "Ti" 1099511627776 "Pi" 1125899906842624 "Ei" 1152921504606846976 -}}
{{- if not (regexMatch "^[0-9]+(\\.[0-9]+)?([eE][-+]?[0-9]+|[kMGTPEm]|[KMGTPE]i)?$" $quantity) -}}
{{- fail (printf "common.bytes: %q is not a quantity; want a number with an optional unit, such as 512Mi or 1.5G" $quantity) -}}
{{- end -}}
{{- mulf (regexFind "^[0-9.]+([eE][-+]?[0-9]+)?" $quantity | float64) (get $units (regexFind "[A-Za-z]+$" $quantity)) | int64 -}}
{{- end -}}

{{- /*
common.millicores: a quantity of CPU ("250m", "1.5", 2) as a whole number of thousandths of a core.
Call:  include "common.millicores" "250m" | int64
Fails: when the text is not a quantity of CPU.
*/ -}}
{{- define "common.millicores" -}}
{{- $quantity := toString . -}}
{{- if not (regexMatch "^[0-9]+(\\.[0-9]+)?m?$" $quantity) -}}
{{- fail (printf "common.millicores: %q is not a quantity of CPU; want cores or thousandths, such as 1.5 or 250m" $quantity) -}}
{{- end -}}
{{- $number := trimSuffix "m" $quantity | float64 -}}
{{- hasSuffix "m" $quantity | ternary $number (mulf $number 1000) | int64 -}}
{{- end -}}
