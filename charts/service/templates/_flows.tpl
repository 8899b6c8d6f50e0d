{{- /*
service.flowNames: names of flows in the order of their rules, as one text. Call: include "service.flowNames" .Values.network.ingress
*/ -}}
{{- define "service.flowNames" -}}
{{- $names := list -}}
{{- range . -}}
{{- $names = append $names .flow -}}
{{- end -}}
{{- join "," $names -}}
{{- end -}}
