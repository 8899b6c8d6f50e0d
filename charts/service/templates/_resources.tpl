{{- /*
service.resources: requests and limits without the entries that were emptied to leave a default out.
Call: include "service.resources" .Values.resources
*/ -}}
{{- define "service.resources" -}}
{{- $kept := omit . "requests" "limits" -}}
{{- range $side := list "requests" "limits" -}}
{{- $entries := dict -}}
{{- range $name, $quantity := get $ $side | default dict -}}
{{- if ne (toString $quantity) "" -}}
{{- $_ := set $entries $name $quantity -}}
{{- end -}}
{{- end -}}
{{- if $entries -}}
{{- $_ := set $kept $side $entries -}}
{{- end -}}
{{- end -}}
{{- toYaml $kept -}}
{{- end -}}
