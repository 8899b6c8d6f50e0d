{{- /* A waiver names a control and a namespace that are there, or it would wait for them unseen. */ -}}
{{- define "foundation.validate.waivers" -}}
{{- $ids := list -}}
{{- range $path, $_ := .Files.Glob "controls/*.yaml" -}}
{{- $id := get ($.Files.Get $path | fromYaml) "id" -}}
{{- if not (hasPrefix "F" $id) }}{{ $ids = append $ids $id }}{{ end -}}
{{- end -}}
{{- range $name, $waiver := .Values.controls.waivers -}}
{{- if not (has $waiver.control $ids) }}
controls.waivers.{{ $name }} is of {{ $waiver.control }}, which is no control; want one of {{ join ", " $ids }}; correct the id or remove it
{{- end -}}
{{- if not (hasKey $.Values.namespaces $waiver.namespace) }}
controls.waivers.{{ $name }} is for {{ $waiver.namespace }}, where no control holds; want one of `namespaces`; correct it or remove it
{{- end -}}
{{- end -}}
{{- end -}}
