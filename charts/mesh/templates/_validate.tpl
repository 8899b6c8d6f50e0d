{{- /*
mesh.validate: refuses values that fit the schema and not each other; all of them at once, one a line.
A rule yields a line for each problem: what was found; what is wanted; the next step. Call: include "mesh.validate" $
*/ -}}
{{- define "mesh.validate" -}}
{{- include "common.refuse" (dict "root" . "rules" (list "mesh.validate.gateways" "mesh.validate.overlay")) -}}
{{- end -}}

{{- /* One policy a gateway, beside the one for the whole mesh. */ -}}
{{- define "mesh.validate.gateways" -}}
{{- $names := list "default" -}}
{{- range $index, $gateway := .Values.gateways -}}
{{- if has .name $names }}
gateways[{{ $index }}].name is {{ .name }}, which is taken; want a name for each gateway, and not `default`; rename it
{{- end -}}
{{- $names = append $names .name -}}
{{- end -}}
{{- end -}}

{{- /* A patch lies over what is rendered, and leaves to values what values do. */ -}}
{{- define "mesh.validate.overlay" -}}
{{- $objects := dict "telemetry" (dict "template" "mesh.object.telemetry" "argument" $) -}}
{{- include "common.overlay.refused" (dict "root" $ "objects" $objects) -}}
{{- end -}}
