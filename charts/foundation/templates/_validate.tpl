{{- /*
foundation.validate: refuses values that fit the schema and not each other; all of them at once, one a line.
A rule yields a line for each problem: what was found; what is wanted; the next step. Call: include "foundation.validate" $
*/ -}}
{{- define "foundation.validate" -}}
{{- $rules := list "foundation.validate.names" "foundation.validate.metadata" "foundation.validate.security" "foundation.validate.allow" "foundation.validate.waivers" -}}
{{- include "common.refuse" (dict "root" . "rules" $rules) -}}
{{- end -}}
